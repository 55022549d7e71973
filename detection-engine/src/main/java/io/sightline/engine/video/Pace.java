package io.sightline.engine.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When a picture of a file or of the demo scene is due. At its own speed, or at once; who falls behind by more than a
 * second does not catch up in a burst but goes on from there. One thread waits; any may close, which ends the wait.
 */
final class Pace {
    private static final long LATE_NANOS = 1_000_000_000L;

    private final Clock clock;
    private final boolean realtime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Instant start;
    private long startNanos;

    Pace(Clock clock, boolean realtime) {
        this.clock = clock;
        this.realtime = realtime;
        this.start = clock.instant();
        this.startNanos = System.nanoTime();
    }

    /**
     * Waits until a picture is due.
     *
     * @return false if the deadline came first, the thread was interrupted (and still is), or this was closed
     */
    boolean due(Duration mediaTime, long deadlineNanos) {
        long wait = waitNanos(mediaTime);
        long patience = deadlineNanos - System.nanoTime();
        if (wait == 0) {
            return !isClosed();
        }
        try {
            boolean ended = closed.await(Math.max(0, Math.min(wait, patience)), TimeUnit.NANOSECONDS);
            return !ended && wait <= patience;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long waitNanos(Duration mediaTime) {
        if (!realtime) {
            return 0;
        }
        long left = startNanos + mediaTime.toNanos() - System.nanoTime();
        if (left < -LATE_NANOS) {
            startNanos -= left;
            start = clock.instant().minus(mediaTime);
        }
        return Math.max(0, left);
    }

    void close() {
        closed.countDown();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    Instant capturedAt(Duration mediaTime) {
        Instant due = start.plus(mediaTime);
        Instant now = clock.instant();
        return realtime && due.isAfter(now) ? now : due;
    }
}
