package io.sightline.camera;

import java.time.Duration;

/** Lets at most so many pictures per second of media time pass, evenly spread. One thread. */
final class FrameGate {
    private final long intervalNanos;
    private long dueNanos;

    FrameGate(double maxFramesPerSecond) {
        this.intervalNanos = Math.max(1, (long) (1e9 / maxFramesPerSecond));
    }

    boolean wants(Duration mediaTime) {
        long now = mediaTime.toNanos();
        if (now < dueNanos) {
            return false;
        }
        dueNanos = Math.max(dueNanos, now - intervalNanos) + intervalNanos;
        return true;
    }
}
