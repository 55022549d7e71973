package io.sightline.processors.pipeline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.FrameInfo;
import java.util.Optional;

/**
 * Size of a JPEG file, from its frame header (ITU-T T.81, B.2.2).
 *
 * @param width pixels
 * @param height pixels
 */
record JpegSize(int width, int height) {
    private static final int MARK = 0xff;
    private static final int START_OF_SCAN = 0xda;
    private static final int HEADER = 9;

    /** @return empty if the bytes have no frame header */
    static Optional<JpegSize> of(byte[] jpeg) {
        int at = 2; // behind the start of the image
        while (at + HEADER <= jpeg.length && value(jpeg, at) == MARK) {
            int segment = value(jpeg, at + 1);
            if (segment == START_OF_SCAN) {
                return Optional.empty();
            }
            if (isFrameHeader(segment)) {
                return Optional.of(new JpegSize(pair(jpeg, at + 7), pair(jpeg, at + 5)));
            }
            at += 2 + pair(jpeg, at + 2);
        }
        return Optional.empty();
    }

    /** SOF0 to SOF15 without the tables that have numbers between them. */
    private static boolean isFrameHeader(int segment) {
        return segment >= 0xc0 && segment <= 0xcf && segment != 0xc4 && segment != 0xc8 && segment != 0xcc;
    }

    private static int pair(byte[] jpeg, int at) {
        return value(jpeg, at) << 8 | value(jpeg, at + 1);
    }

    private static int value(byte[] jpeg, int at) {
        return jpeg[at] & 0xff;
    }

    boolean isOf(FrameInfo frame) {
        return width == frame.width() && height == frame.height();
    }

    /** Where a box of a frame is in the picture that has this size, and shows the same. */
    BoundingBox scaled(BoundingBox box, FrameInfo frame) {
        double x = (double) width / frame.width();
        double y = (double) height / frame.height();
        return new BoundingBox(box.x() * x, box.y() * y, box.width() * x, box.height() * y);
    }
}
