package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Brings a frame into the shape that a model takes: the whole picture in the upper left corner, grey below or beside it,
 * planes of blue, green and red from 0 to 255.
 *
 * <p>The planes of the frame are brought to their final size first and get their colours there, so that the cost depends
 * on the model's input and hardly on the camera's. Used by one thread at a time.
 */
final class Letterbox implements AutoCloseable {
    private static final float GREY = 114;
    private static final int COLOURS = 3;

    private final int width;
    private final int height;
    private final FloatBuffer tensor;
    private final Mat yuv = new Mat();
    private final Mat bgr = new Mat();
    private final MatVector colours = new MatVector(COLOURS);
    private int pictureWidth;
    private int pictureHeight;

    /** @param tensor receives the picture: a direct buffer of 3 x height x width */
    Letterbox(int width, int height, FloatBuffer tensor) {
        this.width = width;
        this.height = height;
        this.tensor = tensor;
    }

    /** Writes the frame into the tensor. @return how boxes come back to the frame's pixels */
    Candidates.Scale fill(Frame frame) {
        double ratio = Math.min((double) width / frame.width(), (double) height / frame.height());
        // even sizes, since chroma has half of them; the error of a pixel is in the scale that is returned
        int w = even(frame.width() * ratio, width);
        int h = even(frame.height() * ratio, height);
        if (w != pictureWidth || h != pictureHeight) {
            shape(w, h);
        }
        resizePlanes(frame);
        opencv_imgproc.cvtColor(yuv, bgr, opencv_imgproc.COLOR_YUV2BGR_I420);
        opencv_core.split(bgr, colours);
        for (int i = 0; i < COLOURS; i++) {
            writePlane(i);
        }
        return new Candidates.Scale(
                (double) frame.width() / w, (double) frame.height() / h, frame.width(), frame.height());
    }

    private void shape(int w, int h) {
        pictureWidth = w;
        pictureHeight = h;
        yuv.create(h * 3 / 2, w, opencv_core.CV_8UC1);
        for (int i = 0; i < tensor.capacity(); i++) {
            tensor.put(i, GREY);
        }
    }

    /** The three planes side by side in memory, as I420 of the final size. */
    private void resizePlanes(Frame frame) {
        int w = pictureWidth;
        int h = pictureHeight;
        try (var luma = OpenCv.luma(frame);
                var u = OpenCv.chroma(frame, 0);
                var v = OpenCv.chroma(frame, 1);
                var yPart = new Mat(h, w, opencv_core.CV_8UC1, yuv.ptr(0));
                var uPart =
                        new Mat(h / 2, w / 2, opencv_core.CV_8UC1, yuv.ptr(0).position((long) w * h));
                var vPart =
                        new Mat(h / 2, w / 2, opencv_core.CV_8UC1, yuv.ptr(0).position((long) w * h * 5 / 4))) {
            resize(luma, yPart);
            resize(u, uPart);
            resize(v, vPart);
        }
    }

    private static void resize(Mat from, Mat to) {
        try (var size = new Size(to.cols(), to.rows())) {
            opencv_imgproc.resize(from, to, size, 0, 0, opencv_imgproc.INTER_LINEAR);
        }
    }

    private void writePlane(int index) {
        try (var colour = colours.get(index);
                var address = new FloatPointer(tensor.slice(index * width * height, width * height));
                var plane = new Mat(height, width, opencv_core.CV_32FC1, address);
                var corner = new Rect(0, 0, pictureWidth, pictureHeight);
                var picture = plane.apply(corner)) {
            colour.convertTo(picture, opencv_core.CV_32F);
        }
    }

    private static int even(double size, int max) {
        int even = (int) Math.round(size / 2) * 2;
        return Math.max(2, Math.min(even, max - max % 2));
    }

    @Override
    public void close() {
        yuv.close();
        bgr.close();
        colours.close();
    }
}
