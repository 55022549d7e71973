package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;
import java.nio.ByteBuffer;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads colours straight from a frame's planes: a grid of samples over the body, weighted to the box's vertical axis,
 * because the background is at the sides. The cost does not depend on the box's size. Valid as long as the frame's
 * lease.
 *
 * <p>Source: the weights from Comaniciu, Ramesh and Meer, "Kernel-Based Object Tracking", PAMI 2003.
 */
public final class FrameColours implements Appearance {
    private static final int ACROSS = 10;
    private static final int DOWN = 24;

    /** Above are hair and background, below are feet and street; shares of the box's height. */
    private static final double TOP = 0.12;

    private static final double BOTTOM = 0.92;

    /** At least so much of the grid must be in the picture. */
    private static final double ENOUGH = 0.6;

    private final int width;
    private final int height;
    private final IntBinaryOperator yuv;

    public FrameColours(Frame frame) {
        this(frame.width(), frame.height(), new Planes(frame));
    }

    /**
     * For pictures that are not in a frame's memory.
     *
     * @param width in pixels, positive
     * @param height in pixels, positive
     * @param yuv tells of a column and a row, both within the picture, brightness and colour differences, each 0 to
     * 255:     {@code y << 16 | u << 8 | v}
     */
    public FrameColours(int width, int height, IntBinaryOperator yuv) {
        this.width = width;
        this.height = height;
        this.yuv = yuv;
    }

    @Override
    public boolean read(BoundingBox box, Colours into) {
        into.clear();
        int samples = 0;
        for (int row = 0; row < DOWN; row++) {
            double share = TOP + (BOTTOM - TOP) * (row + 0.5) / DOWN;
            int y = (int) Math.floor(box.y() + share * box.height());
            if (y >= 0 && y < height) {
                samples += readRow(box, y, row * Colours.HALVES / DOWN, into);
            }
        }
        return samples >= ENOUGH * ACROSS * DOWN && into.finish();
    }

    /** @return samples in the picture */
    private int readRow(BoundingBox box, int y, int half, Colours into) {
        int samples = 0;
        for (int column = 0; column < ACROSS; column++) {
            double offset = (column + 0.5) / ACROSS;
            int x = (int) Math.floor(box.x() + offset * box.width());
            if (x >= 0 && x < width) {
                double fromAxis = 2 * offset - 1;
                into.add(half, yuv.applyAsInt(x, y), 1 - fromAxis * fromAxis); // Epanechnikov's kernel
                samples++;
            }
        }
        return samples;
    }

    /** Brightness and colour differences of a frame's pixels. */
    private static final class Planes implements IntBinaryOperator {
        private final Frame frame;
        private @Nullable ByteBuffer pixels;

        Planes(Frame frame) {
            this.frame = frame;
        }

        @Override
        public int applyAsInt(int x, int y) {
            var planes = pixels;
            if (planes == null) {
                planes = frame.pixels();
                pixels = planes;
            }
            int width = frame.width();
            int luma = width * frame.height();
            int chromaWidth = (width + 1) / 2;
            int chroma = chromaWidth * ((frame.height() + 1) / 2);
            int at = luma + y / 2 * chromaWidth + x / 2;
            return (planes.get(y * width + x) & 255) << 16
                    | (planes.get(at) & 255) << 8
                    | planes.get(at + chroma) & 255;
        }
    }
}
