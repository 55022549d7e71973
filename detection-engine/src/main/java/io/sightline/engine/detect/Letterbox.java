package io.sightline.engine.detect;

import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.PictureInput;
import io.sightline.engine.model.PictureInput.Colours;
import io.sightline.engine.model.PictureInput.Fit;
import io.sightline.engine.video.Frame;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Brings a frame into the shape that a model takes, as its {@link PictureInput} says: the whole picture, and grey where
 * it leaves something free.
 *
 * <p>The planes of the frame are brought to their final size first and get their colours there, so that the cost
 * depends on the model's input and hardly on the camera's. Used by one thread at a time.
 *
 * <p>Source: {@code letterbox_image} of Darknet, the program of Redmon et al., "You Only Look Once: Unified, Real-Time
 * Object Detection", CVPR 2016: in the middle as in Ultralytics YOLOv5 (utils/augmentations.py, 2020), in the upper
 * left corner as in YOLOX (yolox/data/data_augment.py, 2021). Colours by ITU-R BT.601, as OpenCV reckons them.
 */
final class Letterbox implements AutoCloseable {
    private final InputSize size;
    private final PictureInput input;
    private final PictureTensor tensor;
    private final Mat yuv = new Mat();
    private final Mat colours = new Mat();
    private int pictureWidth;
    private int pictureHeight;

    /** @param tensor receives the picture; stays the caller's */
    Letterbox(PictureInput input, PictureTensor tensor) {
        this.input = input;
        this.tensor = tensor;
        this.size = tensor.size();
    }

    /** Writes the frame into the tensor. @return how boxes come back to the frame's pixels */
    Candidates.Scale fill(Frame frame) {
        int w = size.width() - size.width() % 2;
        int h = size.height() - size.height() % 2;
        if (input.fit() != Fit.STRETCHED) {
            double ratio = ratio(size, frame.width(), frame.height());
            // even sizes, since chroma has half of them; the error of a pixel is in the scale that is returned
            w = even(frame.width() * ratio, size.width());
            h = even(frame.height() * ratio, size.height());
        }
        int left = input.fit() == Fit.CENTRED ? (size.width() - w) / 2 : 0;
        int top = input.fit() == Fit.CENTRED ? (size.height() - h) / 2 : 0;
        if (w != pictureWidth || h != pictureHeight) {
            shape(left, top, w, h);
        }
        resizePlanes(frame);
        boolean blueFirst = input.colours() == Colours.BGR;
        opencv_imgproc.cvtColor(
                yuv, colours, blueFirst ? opencv_imgproc.COLOR_YUV2BGR_I420 : opencv_imgproc.COLOR_YUV2RGB_I420);
        tensor.put(colours);
        return new Candidates.Scale(
                (double) frame.width() / w, (double) frame.height() / h, frame.width(), frame.height(), left, top);
    }

    /** By how much a picture becomes smaller or larger, so that all of it fits. */
    static double ratio(InputSize size, int width, int height) {
        return Math.min((double) size.width() / width, (double) size.height() / height);
    }

    private void shape(int left, int top, int w, int h) {
        pictureWidth = w;
        pictureHeight = h;
        yuv.create(h * 3 / 2, w, opencv_core.CV_8UC1);
        try (var place = new Rect(left, top, w, h)) {
            tensor.shape(place, input.pad());
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

    private static int even(double size, int max) {
        int even = (int) Math.round(size / 2) * 2;
        return Math.max(2, Math.min(even, max - max % 2));
    }

    @Override
    public void close() {
        yuv.close();
        colours.close();
    }
}
