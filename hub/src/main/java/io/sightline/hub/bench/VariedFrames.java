package io.sightline.hub.bench;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/**
 * Frames of a rough wall with a dark box that is somewhere else in each, even and odd sides, one at a time. The same ones
 * for the same seed.
 */
final class VariedFrames {
    /** Pixels; small ones come more often than large ones. */
    private static final int LEAST = 66;

    private static final int LARGEST = 320;
    private static final int MOST_BYTES = FrameInfo.bytes(LARGEST, LARGEST);
    private static final int DARKEST = 60;
    private static final int SHADES = 100;
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Random random;
    private final int perSize;
    private final FramePool pool = new FramePool(1, MOST_BYTES);
    private final byte[] wall = new byte[2 * MOST_BYTES];
    private final byte[] dark = new byte[LARGEST];
    private FrameInfo last = new FrameInfo("bench", 1, Instant.EPOCH, LEAST, LEAST);
    private int offset;
    private long count;

    /** @param perSize frames until the next size, at least 1 */
    VariedFrames(long seed, int perSize) {
        this.random = new Random(seed);
        this.perSize = perSize;
        for (int i = 0; i < wall.length; i++) {
            wall[i] = (byte) (DARKEST + random.nextInt(SHADES));
        }
        Arrays.fill(dark, (byte) (DARKEST / 4));
    }

    Frame next() {
        int width = last.width();
        int height = last.height();
        if (count++ % perSize == 0) {
            width = side();
            height = side();
            offset = random.nextInt(MOST_BYTES);
        }
        last = new FrameInfo("bench", count, Instant.EPOCH.plus(INTERVAL.multipliedBy(count)), width, height);
        var slot = pool.lease().orElseThrow();
        slot.memory().put(0, wall, offset, last.bytes());
        drawBox(slot.memory());
        return slot.publish(last);
    }

    int leased() {
        return pool.leased();
    }

    private int side() {
        double share = random.nextDouble();
        return LEAST + (int) (share * share * share * (LARGEST - LEAST + 1));
    }

    private void drawBox(ByteBuffer luma) {
        int across = last.width() / 6;
        int left = random.nextInt(last.width() - across);
        for (int y = last.height() / 4; y < last.height() * 3 / 4; y++) {
            luma.put(y * last.width() + left, dark, 0, across);
        }
    }
}
