package io.sightline.engine.video;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Frames of one brightness. */
final class TestFrames {
    private TestFrames() {}

    static Frame grey(FramePool pool, int width, int height, int luma) {
        FramePool.Slot slot = pool.lease().orElseThrow();
        ByteBuffer memory = slot.memory();
        for (int i = 0; i < FrameInfo.bytes(width, height); i++) {
            memory.put(i, (byte) (i < width * height ? luma : 128));
        }
        return slot.publish(new FrameInfo("test", 1, Instant.EPOCH, width, height));
    }

    static byte[] jpeg(int width, int height, int luma) {
        var pool = new FramePool(1, FrameInfo.bytes(width, height));
        try (Frame frame = grey(pool, width, height, luma)) {
            return new JpegEncoder().encode(frame, List.of(), width, 95);
        }
    }
}
