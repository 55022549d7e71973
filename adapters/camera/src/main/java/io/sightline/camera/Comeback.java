package io.sightline.camera;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSources;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for the next try, and asks the camera's port meanwhile, each second: where nobody listened and now somebody does,
 * the camera is back, and the wait is over. One thread.
 */
final class Comeback {
    /** How a wait ended. */
    enum End {
        DUE,
        IS_BACK,
        STOPPED
    }

    /** How long the first answer to a TCP connection may take before a handshake. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();

    private final VideoSettings video;
    private final CountDownLatch stopping;
    private final AddressGuard guard;
    private final BooleanSupplier told;
    private boolean away;

    Comeback(VideoSettings video, CountDownLatch stopping, AddressGuard guard) {
        this(video, stopping, guard, () -> false);
    }

    /** @param told whether somebody else knows that the camera is back; looked at twice a second */
    Comeback(VideoSettings video, CountDownLatch stopping, AddressGuard guard, BooleanSupplier told) {
        this.told = told;
        this.guard = guard;
        this.video = video;
        this.stopping = stopping;
    }

    /** Asks once. @return why nobody can be reached, empty if somebody listens */
    Optional<String> unreachable(Duration patience) {
        Optional<String> problem = VideoSources.unreachable(video, patience, guard);
        away = problem.isPresent();
        return problem;
    }

    /**
     * @param dueNanos {@link System#nanoTime} of the next try
     * @param asking whether the port is asked meanwhile
     */
    End await(long dueNanos, boolean asking) {
        long askNanos = System.nanoTime() + INTERVAL.toNanos();
        while (dueNanos - System.nanoTime() > 0) {
            if (told.getAsBoolean()) {
                return End.IS_BACK;
            }
            boolean ask = asking && askNanos - dueNanos < 0;
            long left = (ask ? askNanos : dueNanos) - System.nanoTime();
            if (!slept(Math.min(left, LOOK_NANOS))) {
                return End.STOPPED;
            }
            if (ask && left <= LOOK_NANOS) {
                askNanos = System.nanoTime() + INTERVAL.toNanos();
                boolean wasAway = away;
                if (unreachable(INTERVAL).isEmpty() && wasAway) {
                    return End.IS_BACK;
                }
            }
        }
        return End.DUE;
    }

    private boolean slept(long nanos) {
        try {
            return !stopping.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
