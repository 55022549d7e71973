package io.sightline.engine.video;

import java.time.Duration;

/** Time since the first picture, always growing: jumps of the stream's clock and new rounds of a loop are bridged. */
final class MediaTimeline {
    /** Between two pictures of a usual stream; a longer one is a jump of its clock. */
    static final Duration LONGEST_GAP = Duration.ofSeconds(10);

    private final long stepNanos;
    private final long longestGapNanos;
    private long offset;
    private long last = -1;
    private boolean bridge = true;

    /** @param framesPerSecond nominal rate, 0 where unknown */
    MediaTimeline(double framesPerSecond) {
        this(framesPerSecond, LONGEST_GAP);
    }

    /** @param longestGap a longer one between two pictures is a jump of the stream's clock */
    MediaTimeline(double framesPerSecond, Duration longestGap) {
        this.longestGapNanos = longestGap.toNanos();
        this.stepNanos = framesPerSecond > 0 ? Math.max(1, (long) (1e9 / framesPerSecond)) : 40_000_000L;
    }

    /** @param streamNanos the picture's time stamp by the stream's clock */
    Duration at(long streamNanos) {
        long next = streamNanos + offset;
        if (bridge || next <= last || next - last > longestGapNanos) {
            next = last < 0 ? 0 : last + stepNanos;
            offset = next - streamNanos;
            bridge = false;
        }
        last = next;
        return Duration.ofNanos(next);
    }

    /** For a picture without a time stamp. */
    Duration step() {
        last = last < 0 ? 0 : last + stepNanos;
        return Duration.ofNanos(last);
    }

    /** The next time stamp starts anew, right after what was given last. */
    void restart() {
        bridge = true;
    }
}
