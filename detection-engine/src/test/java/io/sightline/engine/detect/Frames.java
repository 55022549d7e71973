package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.time.Instant;

/** Pictures for tests. */
final class Frames {
    private Frames() {}

    static FramePool pool(int slots, int width, int height) {
        return new FramePool(slots, FrameInfo.bytes(width, height));
    }

    /** A picture of one colour. */
    static Frame plain(FramePool pool, FrameInfo info, int y, int u, int v) {
        var slot = pool.lease().orElseThrow();
        var memory = slot.memory();
        int luma = info.width() * info.height();
        int chroma = (info.bytes() - luma) / 2;
        for (int i = 0; i < info.bytes(); i++) {
            memory.put(i, (byte) (i < luma ? y : i < luma + chroma ? u : v));
        }
        return slot.publish(info);
    }

    static Frame grey(FramePool pool, String camera, int width, int height) {
        return plain(pool, new FrameInfo(camera, 1, Instant.EPOCH, width, height), 128, 128, 128);
    }
}
