package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/**
 * Frames of a wall with a dark box that moves, in colour or grey, with even and odd sides, of ever new sizes. There is one
 * at a time. The same ones in each run.
 */
final class EverNewFrames {
    /** Pixels; small ones come more often than large ones. */
    private static final int LEAST = 66;

    private static final int LARGEST = 320;
    private static final int MOST_BYTES = FrameInfo.bytes(LARGEST, LARGEST);
    private static final int DARKEST = 60;
    private static final int SHADES = 100;
    private static final int GREY = 128;
    private static final int TINTS = 24;
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Random random = new Random(3);
    private final FramePool pool = new FramePool(1, MOST_BYTES);
    private final byte[] wall = new byte[2 * MOST_BYTES];
    private final byte[] tints = new byte[MOST_BYTES];
    private final byte[] plain = new byte[MOST_BYTES];
    private final int perSize;
    private FrameInfo last;
    private int offset;
    private boolean grey;
    private long count;

    /** @param perSize frames until the next size */
    EverNewFrames(int perSize) {
        this.perSize = perSize;
        for (int i = 0; i < wall.length; i++) {
            wall[i] = (byte) (DARKEST + random.nextInt(SHADES));
        }
        for (int i = 0; i < tints.length; i++) {
            tints[i] = (byte) (GREY - TINTS + random.nextInt(2 * TINTS));
        }
        last = new FrameInfo("a", 1, Instant.EPOCH, LEAST, LEAST);
    }

    Frame next() {
        return drawn(nextInfo());
    }

    /** As large as the one before, as a camera sends it whose clock has lost its mind. */
    Frame late(Duration by) {
        return drawn(info(last.width(), last.height(), last.capturedAt().plus(by)));
    }

    /** Nothing but white. */
    Frame white() {
        var info = nextInfo();
        var slot = pool.lease().orElseThrow();
        fill(slot.memory(), 0, 255, info.width() * info.height());
        fill(slot.memory(), info.width() * info.height(), GREY, info.bytes() - info.width() * info.height());
        return slot.publish(info);
    }

    int leased() {
        return pool.leased();
    }

    private Frame drawn(FrameInfo info) {
        int luma = info.width() * info.height();
        var slot = pool.lease().orElseThrow();
        var memory = slot.memory();
        memory.put(0, wall, offset, luma);
        if (grey) {
            fill(memory, luma, GREY, info.bytes() - luma);
        } else {
            memory.put(luma, tints, 0, info.bytes() - luma);
        }
        drawBox(memory, info);
        return slot.publish(info);
    }

    private FrameInfo nextInfo() {
        int width = last.width();
        int height = last.height();
        if (count++ % perSize == 0) {
            width = side();
            height = side();
            offset = random.nextInt(MOST_BYTES);
            grey = random.nextInt(4) == 0;
        }
        last = info(width, height, Instant.EPOCH.plus(INTERVAL.multipliedBy(count)));
        return last;
    }

    private FrameInfo info(int width, int height, Instant time) {
        return new FrameInfo("a", count, time, width, height);
    }

    private int side() {
        double share = random.nextDouble();
        return LEAST + (int) (share * share * share * (LARGEST - LEAST + 1));
    }

    /** Somewhere else in each frame. */
    private void drawBox(ByteBuffer luma, FrameInfo info) {
        int across = info.width() / 6;
        int left = random.nextInt(info.width() - across);
        for (int y = info.height() / 4; y < info.height() * 3 / 4; y++) {
            fill(luma, y * info.width() + left, DARKEST / 4, across);
        }
    }

    private void fill(ByteBuffer memory, int from, int level, int length) {
        Arrays.fill(plain, 0, length, (byte) level);
        memory.put(from, plain, 0, length);
    }
}
