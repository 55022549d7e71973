package io.sightline.engine.evidence;

import static org.bytedeco.opencv.global.opencv_core.CV_16S;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.meanStdDev;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.Laplacian;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * How sharp a part of a frame is: the variance of the Laplacian of its brightness, which edges raise and blur lowers
 * (Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy: a comparative study", ICPR 2000). Larger parts
 * are scaled down first, so that a person far away and one close by can be compared. Holds nothing; any thread.
 */
public final class Sharpness {
    /** Longer side of what is measured, in pixels; smaller parts stay as they are. */
    private static final int SIDE = 128;

    /** Less has no inner edges. */
    private static final int SMALLEST = 3;

    /**
     * @param frame stays the caller's
     * @param box what lies outside of the frame does not count
     * @return 0 for a flat or very small part; about 100 is blurred, more than 500 sharp
     */
    public double of(Frame frame, BoundingBox box) {
        int left = clipped(box.x(), frame.width());
        int top = clipped(box.y(), frame.height());
        int width = clipped(box.right(), frame.width()) - left;
        int height = clipped(box.bottom(), frame.height()) - top;
        if (width < SMALLEST || height < SMALLEST) {
            return 0;
        }
        try (BytePointer luma = new BytePointer(frame.luma());
                Mat whole = new Mat(frame.height(), frame.width(), CV_8UC1, luma);
                Rect area = new Rect(left, top, width, height);
                Mat part = new Mat(whole, area)) {
            return Math.max(width, height) > SIDE ? scaled(part) : variance(part);
        }
    }

    private static double scaled(Mat part) {
        double factor = SIDE / (double) Math.max(part.cols(), part.rows());
        int width = Math.max(SMALLEST, (int) Math.round(part.cols() * factor));
        int height = Math.max(SMALLEST, (int) Math.round(part.rows() * factor));
        try (Mat small = new Mat();
                Size size = new Size(width, height)) {
            resize(part, small, size, 0, 0, INTER_AREA);
            return variance(small);
        }
    }

    private static double variance(Mat luma) {
        try (Mat edges = new Mat();
                Mat mean = new Mat();
                Mat deviation = new Mat()) {
            Laplacian(luma, edges, CV_16S);
            meanStdDev(edges, mean, deviation);
            try (DoubleIndexer values = deviation.createIndexer()) {
                return values.get(0) * values.get(0);
            }
        }
    }

    private static int clipped(double pixel, int size) {
        return (int) Math.max(0, Math.min(size, Math.round(pixel)));
    }
}
