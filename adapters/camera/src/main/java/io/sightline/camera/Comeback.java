package io.sightline.camera;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSources;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final VideoSettings video;
    private final CountDownLatch stopping;
    private final AddressGuard guard;
    private boolean away;

    Comeback(VideoSettings video, CountDownLatch stopping, AddressGuard guard) {
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
            boolean ask = asking && askNanos - dueNanos < 0;
            if (!slept((ask ? askNanos : dueNanos) - System.nanoTime())) {
                return End.STOPPED;
            }
            if (ask) {
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
