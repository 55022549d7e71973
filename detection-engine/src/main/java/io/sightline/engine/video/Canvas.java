package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.swscale.*;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.*;

import io.sightline.engine.detect.BoundingBox;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * A picture in colour (BGR) of a fixed size, painted with frames and drawn on. A frame fills it whatever its shape: where
 * that is another one, the frame is stretched, and boxes with it. One thread at a time.
 */
final class Canvas implements AutoCloseable {
    /** Pixels that FFmpeg's vector code may write past the end of a row. */
    private static final int ROW_PADDING = 64;

    private final Mat padded;
    private final Mat picture;
    private @Nullable SwsContext converter;
    private double scaleX = 1;
    private double scaleY = 1;

    Canvas(int width, int height) {
        padded = new Mat(height + 1, width + ROW_PADDING, CV_8UC3);
        try (Rect area = new Rect(0, 0, width, height)) {
            picture = new Mat(padded, area);
        }
    }

    /** What was painted; belongs to this canvas. */
    Mat picture() {
        return picture;
    }

    /** Replaces the picture by a frame, stretched to the canvas. */
    void paint(Frame frame) {
        int width = frame.width();
        int height = frame.height();
        long luma = (long) width * height;
        int chromaWidth = (width + 1) / 2;
        long chroma = (long) chromaWidth * ((height + 1) / 2);
        scaleX = picture.cols() / (double) width;
        scaleY = picture.rows() / (double) height;
        SwsContext cached = converter(width, height);
        try (BytePointer y = new BytePointer(frame.pixels());
                BytePointer u = new BytePointer(y).position(luma);
                BytePointer v = new BytePointer(y).position(luma + chroma);
                PointerPointer<BytePointer> from = new PointerPointer<>(y, u, v, null);
                IntPointer fromStrides = new IntPointer(width, chromaWidth, chromaWidth, 0);
                PointerPointer<BytePointer> to = new PointerPointer<>(picture.data(), null, null, null);
                IntPointer toStrides = new IntPointer((int) picture.step(0), 0, 0, 0)) {
            sws_scale(cached, from, fromStrides, 0, height, to, toStrides);
        }
    }

    private SwsContext converter(int width, int height) {
        boolean sameSize = picture.cols() == width && picture.rows() == height;
        SwsContext cached = sws_getCachedContext(
                converter,
                width,
                height,
                AV_PIX_FMT_YUV420P,
                picture.cols(),
                picture.rows(),
                AV_PIX_FMT_BGR24,
                sameSize ? SWS_POINT : SWS_AREA,
                null,
                null,
                (DoublePointer) null);
        converter = cached;
        if (cached == null) {
            throw new IllegalStateException("no memory to make a picture of " + picture.cols() + "x" + picture.rows()
                    + " from a frame of " + width + "x" + height);
        }
        return cached;
    }

    /** @param overlay of the frame that was painted last */
    void draw(Overlay overlay) {
        if (overlay instanceof Overlay.Box box) {
            draw(box);
        } else if (overlay instanceof Overlay.Area area) {
            Sketch.area(picture, area);
        } else if (overlay instanceof Overlay.Border border) {
            Sketch.border(picture, border);
        }
    }

    private void draw(Overlay.Box overlay) {
        BoundingBox box = overlay.box();
        int left = (int) Math.round(box.x() * scaleX);
        int top = (int) Math.round(box.y() * scaleY);
        int right = (int) Math.round(box.right() * scaleX);
        int bottom = (int) Math.round(box.bottom() * scaleY);
        try (Scalar colour = Sketch.green();
                Point corner = new Point(left, top);
                Point opposite = new Point(right, bottom)) {
            rectangle(picture, corner, opposite, colour, 2, LINE_AA, 0);
            Sketch.label(picture, overlay.text(), new int[] {left, top}, colour);
        }
    }

    @Override
    public void close() {
        if (converter != null) {
            sws_freeContext(converter);
            converter = null;
        }
        picture.close();
        padded.close();
    }
}
