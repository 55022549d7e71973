package io.sightline.engine.video;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
<<<<<<< HEAD
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
=======
>>>>>>> cli

/** Frames as JPEG, with boxes where wanted. Holds nothing; may be used by many threads. */
public final class JpegEncoder {

    /** Pixels that FFmpeg's vector code may write past the end of a row. */
    private static final int ROW_PADDING = 64;

    /**
     * Encodes a frame; the caller keeps its lease.
     *
     * @param overlays boxes to draw, in pixels of the frame
     * @param maxWidth a wider frame is scaled down to this many pixels, at least 16
     * @param quality 1 (small) to 100 (good)
     * @return a complete JPEG file
     */
    public byte[] encode(Frame frame, List<Overlay> overlays, int maxWidth, int quality) {
        if (quality < 1 || quality > 100 || maxWidth < 16) {
            throw new IllegalArgumentException("JPEG: got quality " + quality + " and maxWidth " + maxWidth
                    + ", allowed are quality 1 to 100 and maxWidth from 16");
        }
        int width = Math.min(frame.width(), maxWidth);
        int height = Math.max(1, (int) Math.round(frame.height() * (double) width / frame.width()));
<<<<<<< HEAD
        try (Mat padded = new Mat(height + 1, width + ROW_PADDING, CV_8UC3);
                Rect area = new Rect(0, 0, width, height);
                Mat picture = new Mat(padded, area)) {
            convert(frame, picture);
            double scale = width / (double) frame.width();
            overlays.forEach(overlay -> draw(overlay, picture, scale));
            return compress(picture, quality);
        }
    }

    private static void convert(Frame frame, Mat picture) {
        int width = frame.width();
        int height = frame.height();
        long luma = (long) width * height;
        int chromaWidth = (width + 1) / 2;
        long chroma = (long) chromaWidth * ((height + 1) / 2);
        SwsContext converter = sws_getContext(
                width,
                height,
                AV_PIX_FMT_YUV420P,
                picture.cols(),
                picture.rows(),
                AV_PIX_FMT_BGR24,
                picture.cols() == width ? SWS_POINT : SWS_AREA,
                null,
                null,
                (DoublePointer) null);
        try (BytePointer y = new BytePointer(frame.pixels());
                BytePointer u = new BytePointer(y).position(luma);
                BytePointer v = new BytePointer(y).position(luma + chroma);
                PointerPointer<BytePointer> from = new PointerPointer<>(y, u, v, null);
                IntPointer fromStrides = new IntPointer(width, chromaWidth, chromaWidth, 0);
                PointerPointer<BytePointer> to = new PointerPointer<>(picture.data(), null, null, null);
                IntPointer toStrides = new IntPointer((int) picture.step(0), 0, 0, 0)) {
            sws_scale(converter, from, fromStrides, 0, height, to, toStrides);
        } finally {
            sws_freeContext(converter);
        }
    }

    private static void draw(Overlay overlay, Mat picture, double scale) {
        BoundingBox box = overlay.box();
        int left = (int) Math.round(box.x() * scale);
        int top = (int) Math.round(box.y() * scale);
        int right = (int) Math.round(box.right() * scale);
        int bottom = (int) Math.round(box.bottom() * scale);
        try (Scalar colour = new Scalar(80, 200, 60, 0);
                Point corner = new Point(left, top);
                Point opposite = new Point(right, bottom)) {
            rectangle(picture, corner, opposite, colour, 2, LINE_AA, 0);
        }
        if (!overlay.text().isEmpty()) {
            label(overlay.text(), picture, left, Math.max(TEXT_HEIGHT, top));
        }
    }

    private static void label(String text, Mat picture, int left, int bottom) {
        String shown = text.replaceAll("[^ -~]", "?");
        int width = (int) (shown.length() * 20 * TEXT_SCALE) + 6;
        try (Scalar ground = new Scalar(80, 200, 60, 0);
                Scalar ink = new Scalar(10, 20, 5, 0);
                Point corner = new Point(left, bottom - TEXT_HEIGHT);
                Point opposite = new Point(left + width, bottom);
                Point start = new Point(left + 3, bottom - 4)) {
            rectangle(picture, corner, opposite, ground, FILLED, LINE_8, 0);
            putText(picture, shown, start, FONT_HERSHEY_SIMPLEX, TEXT_SCALE, ink, 1, LINE_AA, false);
=======
        try (Canvas canvas = new Canvas(width, height)) {
            canvas.paint(frame);
            overlays.forEach(canvas::draw);
            return compress(canvas.picture(), quality);
>>>>>>> cli
        }
    }

    private static byte[] compress(Mat picture, int quality) {
        try (BytePointer bytes = new BytePointer();
                IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            if (!imencode(".jpg", picture, bytes, options)) {
                throw new IllegalStateException(
                        "a " + picture.cols() + "x" + picture.rows() + " picture became no JPEG");
            }
            byte[] jpeg = new byte[Math.toIntExact(bytes.limit())];
            bytes.get(jpeg);
            return jpeg;
        }
    }
}
