package io.sightline.engine.video;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.scene.Point;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Makes parts of a frame unrecognisable, in the frame's own pixels. A part becomes a few patches, each of the mean
 * colour of its place, with soft steps between them: nothing finer is left in the frame, so nothing can bring it back.
 *
 * <p>For one thread, while nobody else reads the frame.
 *
 * <p>Sources, for why so few patches: Hill et al., "On the (In)effectiveness of Mosaicing and Blurring as Tools for
 * Document Redaction", PoPETs 2016; McPherson, Shokri and Shmatikov, "Defeating Image Obfuscation with Deep Learning",
 * 2016, arXiv 1609.00408.
 */
public final class Redaction {
    private static final int EVEN = 2;

    private final Frame frame;
    private final int most;

    /** @param patches most patches along the longer side of a part; at least 1, which leaves one mean colour */
    public Redaction(Frame frame, int patches) {
        if (patches < 1) {
            throw new IllegalArgumentException("patches: got " + patches + ", at least 1 is needed");
        }
        this.frame = frame;
        this.most = patches;
    }

    /** Covers a box; what of it lies outside the frame does not matter. */
    public void cover(BoundingBox box) {
        cover(area(box.x(), box.y(), box.right(), box.bottom()), List.of());
    }

    /** @param polygon in fractions of the frame */
    public void cover(List<Point> polygon) {
        double left = 1;
        double top = 1;
        double right = 0;
        double bottom = 0;
        for (Point point : polygon) {
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        double width = frame.width();
        double height = frame.height();
        cover(area(left * width, top * height, right * width, bottom * height), polygon);
    }

    /** Covers all of the frame. */
    public void coverAll() {
        cover(new Area(0, 0, frame.width(), frame.height()), List.of());
    }

    /** Whole pairs of pixels, as colour comes in pairs. */
    private Area area(double left, double top, double right, double bottom) {
        return new Area(
                within(Math.floor(left / EVEN) * EVEN, frame.width()),
                within(Math.floor(top / EVEN) * EVEN, frame.height()),
                within(Math.ceil(right / EVEN) * EVEN, frame.width()),
                within(Math.ceil(bottom / EVEN) * EVEN, frame.height()));
    }

    private static int within(double value, int most) {
        return (int) Math.max(0, Math.min(most, value));
    }

    private void cover(Area area, List<Point> polygon) {
        if (area.right <= area.left || area.bottom <= area.top) {
            return;
        }
        ByteBuffer pixels = frame.writable();
        int width = frame.width();
        int height = frame.height();
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        int luma = width * height;
        int chroma = chromaWidth * chromaHeight;
        cover(new Plane(pixels.slice(0, luma), width, height), area, polygon);
        var half = new Area(area.left / 2, area.top / 2, (area.right + 1) / 2, (area.bottom + 1) / 2);
        cover(new Plane(pixels.slice(luma, chroma), chromaWidth, chromaHeight), half, polygon);
        cover(new Plane(pixels.slice(luma + chroma, chroma), chromaWidth, chromaHeight), half, polygon);
    }

    private void cover(Plane plane, Area area, List<Point> polygon) {
        var means = new Means(plane, area, most);
        var row = new byte[plane.width];
        for (int y = area.top; y < area.bottom; y++) {
            plane.bytes.get(y * plane.width, row);
            var edges = edges(polygon, (y + 0.5) / plane.height);
            if (polygon.isEmpty()) {
                means.paint(row, y, area.left, area.right);
            }
            for (int i = 0; i + 1 < edges.length; i += 2) {
                int from = Math.max(area.left, (int) Math.floor(edges[i] * plane.width));
                int to = Math.min(area.right, (int) Math.ceil(edges[i + 1] * plane.width));
                means.paint(row, y, from, to);
            }
            plane.bytes.put(y * plane.width, row);
        }
    }

    /** Where a row goes into and out of a polygon, sorted, in fractions. */
    private static double[] edges(List<Point> polygon, double y) {
        var edges = new double[polygon.size()];
        int count = 0;
        for (int i = 0; i < polygon.size(); i++) {
            Point a = polygon.get(i);
            Point b = polygon.get((i + 1) % polygon.size());
            if ((a.y() > y) != (b.y() > y)) {
                edges[count++] = a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x());
            }
        }
        Arrays.sort(edges, 0, count);
        return Arrays.copyOf(edges, count);
    }

    private record Plane(ByteBuffer bytes, int width, int height) {}

    private record Area(int left, int top, int right, int bottom) {
        int width() {
            return right - left;
        }

        int height() {
            return bottom - top;
        }
    }

    /** The mean value of each patch of an area. */
    private static final class Means {
        private final Area area;
        private final int columns;
        private final int rows;
        private final double[] means;

        Means(Plane plane, Area area, int most) {
            this.area = area;
            double side = Math.max(area.width(), area.height()) / (double) most;
            columns = Math.max(1, Math.min(most, (int) Math.round(area.width() / side)));
            rows = Math.max(1, Math.min(most, (int) Math.round(area.height() / side)));
            means = new double[columns * rows];
            var counts = new int[means.length];
            var row = new byte[area.width()];
            for (int y = 0; y < area.height(); y++) {
                plane.bytes.get((area.top + y) * plane.width + area.left, row);
                int first = y * rows / area.height() * columns;
                for (int x = 0; x < row.length; x++) {
                    int patch = first + x * columns / row.length;
                    means[patch] += row[x] & 0xff;
                    counts[patch]++;
                }
            }
            for (int i = 0; i < means.length; i++) {
                means[i] /= Math.max(1, counts[i]);
            }
        }

        /** Linear between the middles of the patches. */
        void paint(byte[] row, int y, int from, int to) {
            double v = (y - area.top + 0.5) * rows / area.height() - 0.5;
            int upper = (int) Math.max(0, Math.min(rows - 1, Math.floor(v)));
            int lower = Math.min(rows - 1, upper + 1);
            double down = Math.max(0, Math.min(1, v - upper));
            for (int x = from; x < to; x++) {
                double u = (x - area.left + 0.5) * columns / area.width() - 0.5;
                int left = (int) Math.max(0, Math.min(columns - 1, Math.floor(u)));
                int right = Math.min(columns - 1, left + 1);
                double across = Math.max(0, Math.min(1, u - left));
                double above = at(left, upper) * (1 - across) + at(right, upper) * across;
                double below = at(left, lower) * (1 - across) + at(right, lower) * across;
                row[x] = (byte) Math.round(above * (1 - down) + below * down);
            }
        }

        private double at(int column, int row) {
            return means[row * columns + column];
        }
    }
}
