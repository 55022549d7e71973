package io.sightline.engine.evidence;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.sightline.engine.detect.BoundingBox;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Cuts a part out of a JPEG. What was made unrecognisable in the whole is so in the part, because the part is made of
 * the whole. Holds nothing; any thread.
 */
public final class JpegCrop {

    /**
     * @param jpeg a picture as {@link io.sightline.engine.video.JpegEncoder} made it
     * @param box in pixels of that picture
     * @param margin what to add on each side, as a part of the box's own width and height, from 0
     * @param quality 1 (small) to 100 (good)
     * @return a complete JPEG file of at least one pixel, no larger than the picture
     * @throws IllegalArgumentException if it is no JPEG, or the box lies outside of it
     */
    public byte[] cut(byte[] jpeg, BoundingBox box, double margin, int quality) {
        try (BytePointer bytes = new BytePointer(jpeg);
                Mat file = new Mat(1, jpeg.length, CV_8UC1, bytes);
                Mat picture = imdecode(file, IMREAD_COLOR)) {
            if (picture.empty()) {
                throw new IllegalArgumentException("crop: got " + jpeg.length + " bytes that are no JPEG");
            }
            try (Rect area = area(box, margin, picture);
                    Mat part = new Mat(picture, area)) {
                return compress(part, quality);
            }
        }
    }

    private static byte[] compress(Mat part, int quality) {
        try (BytePointer bytes = new BytePointer();
                IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            if (!imencode(".jpg", part, bytes, options)) {
                throw new IllegalStateException("a " + part.cols() + "x" + part.rows() + " crop became no JPEG");
            }
            byte[] jpeg = new byte[Math.toIntExact(bytes.limit())];
            bytes.get(jpeg);
            return jpeg;
        }
    }

    private static Rect area(BoundingBox box, double margin, Mat picture) {
        double sideways = box.width() * margin;
        double upwards = box.height() * margin;
        int left = (int) Math.max(0, Math.floor(box.x() - sideways));
        int top = (int) Math.max(0, Math.floor(box.y() - upwards));
        int right = (int) Math.min(picture.cols(), Math.ceil(box.right() + sideways));
        int bottom = (int) Math.min(picture.rows(), Math.ceil(box.bottom() + upwards));
        if (right <= left || bottom <= top) {
            throw new IllegalArgumentException(
                    "crop: got " + box + ", allowed is a box in a picture of " + picture.cols() + "x" + picture.rows());
        }
        return new Rect(left, top, right - left, bottom - top);
    }
}
