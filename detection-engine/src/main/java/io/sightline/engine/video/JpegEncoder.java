package io.sightline.engine.video;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Frames as JPEG, with boxes where wanted. Holds nothing; may be used by many threads. */
public final class JpegEncoder {

    /**
     * Encodes a frame; the caller keeps its lease.
     *
     * @param overlays what to draw, one over the other
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
        try (Canvas canvas = new Canvas(width, height)) {
            canvas.paint(frame);
            overlays.forEach(canvas::draw);
            return compress(canvas.picture(), quality);
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
