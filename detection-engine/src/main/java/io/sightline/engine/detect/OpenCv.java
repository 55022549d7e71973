package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** The one door to OpenCV's native part: loads it once, with one thread per call, since cameras run side by side. */
final class OpenCv {
    static {
        opencv_core.setNumThreads(1);
    }

    private OpenCv() {}

    /** Loads the library; cheap from the second call on. */
    static void load() {
        // the static block above does it
    }

    /** The frame's luma without a copy. To be closed before the frame is. */
    static Mat luma(Frame frame) {
        return plane(frame.luma(), frame.width(), frame.height());
    }

    /** One of the chroma planes without a copy: 0 is U, 1 is V. To be closed before the frame is. */
    static Mat chroma(Frame frame, int index) {
        int width = (frame.width() + 1) / 2;
        int height = (frame.height() + 1) / 2;
        int from = frame.width() * frame.height() + index * width * height;
        return plane(frame.pixels().slice(from, width * height), width, height);
    }

    private static Mat plane(ByteBuffer bytes, int width, int height) {
        try (var address = new BytePointer(bytes)) {
            return new Mat(height, width, opencv_core.CV_8UC1, address, width);
        }
    }
}
