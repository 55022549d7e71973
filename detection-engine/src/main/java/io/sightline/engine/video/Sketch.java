package io.sightline.engine.video;

import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_imgproc.*;

import java.util.List;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Draws what operators drew, and labels, into a picture. Holds nothing. */
final class Sketch {
    private static final double TEXT_SCALE = 0.45;
    private static final int TEXT_HEIGHT = 16;
    private static final double LETTER = 20 * TEXT_SCALE;

    /** Share of the colour in a place's shade. */
    private static final double SHADE = 0.15;

    private static final double ARROW = 26;

    private Sketch() {}

    static Scalar green() {
        return new Scalar(80, 200, 60, 0);
    }

    private static Scalar amber() {
        return new Scalar(40, 170, 250, 0);
    }

    private static Scalar red() {
        return new Scalar(60, 60, 235, 0);
    }

    private static Scalar blue() {
        return new Scalar(235, 160, 60, 0);
    }

    static void area(Mat picture, Overlay.Area area) {
        var corners =
                area.polygon().stream().map(point -> pixel(picture, point)).toList();
        try (Scalar colour = area.alert() ? red() : amber();
                Mat points = points(corners);
                MatVector polygons = new MatVector(points)) {
            shade(picture, corners, polygons, colour);
            polylines(picture, polygons, true, colour, 1, LINE_AA, 0);
            label(picture, area.text(), highest(corners), colour);
        }
    }

    static void border(Mat picture, Overlay.Border border) {
        int[] from = pixel(picture, border.from());
        int[] to = pixel(picture, border.to());
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double length = Math.max(1, Math.hypot(dx, dy));
        int x = (from[0] + to[0]) / 2;
        int y = (from[1] + to[1]) / 2;
        try (Scalar colour = blue();
                Point start = new Point(from[0], from[1]);
                Point end = new Point(to[0], to[1]);
                Point middle = new Point(x, y);
                Point tip = new Point((int) (x - dy / length * ARROW), (int) (y + dx / length * ARROW))) {
            line(picture, start, end, colour, 2, LINE_AA, 0);
            arrowedLine(picture, middle, tip, colour, 2, LINE_AA, 0, 0.4);
            label(picture, border.text(), from, colour);
        }
    }

    /** A few words on a ground of the colour, above a place and always within the picture. */
    static void label(Mat picture, String text, int[] at, Scalar colour) {
        if (text.isEmpty()) {
            return;
        }
        String shown = text.replaceAll("[^ -~]", "?");
        int width = (int) (shown.length() * LETTER) + 6;
        int left = Math.max(0, Math.min(picture.cols() - width, at[0]));
        int bottom = Math.max(TEXT_HEIGHT, Math.min(picture.rows(), at[1]));
        try (Scalar ink = new Scalar(10, 20, 5, 0);
                Point corner = new Point(left, bottom - TEXT_HEIGHT);
                Point opposite = new Point(left + width, bottom);
                Point start = new Point(left + 3, bottom - 4)) {
            rectangle(picture, corner, opposite, colour, FILLED, LINE_8, 0);
            putText(picture, shown, start, FONT_HERSHEY_SIMPLEX, TEXT_SCALE, ink, 1, LINE_AA, false);
        }
    }

    private static void shade(Mat picture, List<int[]> corners, MatVector polygons, Scalar colour) {
        int left = corners.stream().mapToInt(c -> c[0]).min().orElse(0);
        int top = corners.stream().mapToInt(c -> c[1]).min().orElse(0);
        int right = corners.stream().mapToInt(c -> c[0]).max().orElse(0);
        int bottom = corners.stream().mapToInt(c -> c[1]).max().orElse(0);
        if (right - left < 2 || bottom - top < 2) {
            return;
        }
        try (Rect around = new Rect(left, top, right - left, bottom - top);
                Mat part = new Mat(picture, around);
                Mat plain = part.clone()) {
            fillPoly(picture, polygons, colour);
            addWeighted(part, SHADE, plain, 1 - SHADE, 0, part);
        }
    }

    private static int[] highest(List<int[]> corners) {
        return corners.stream()
                .min((a, b) -> Integer.compare(a[1], b[1]))
                .map(corner -> new int[] {corner[0], corner[1] + TEXT_HEIGHT})
                .orElseThrow();
    }

    private static int[] pixel(Mat picture, io.sightline.engine.scene.Point point) {
        return new int[] {
            (int) Math.min(picture.cols() - 1, Math.round(point.x() * picture.cols())),
            (int) Math.min(picture.rows() - 1, Math.round(point.y() * picture.rows()))
        };
    }

    private static Mat points(List<int[]> corners) {
        var points = new Mat(corners.size(), 1, CV_32SC2);
        try (IntIndexer index = points.createIndexer()) {
            for (int i = 0; i < corners.size(); i++) {
                index.put(i, 0, 0, corners.get(i)[0]);
                index.put(i, 0, 1, corners.get(i)[1]);
            }
        }
        return points;
    }
}
