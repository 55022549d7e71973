package io.sightline.hub.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps every few minutes, on one thread of its own. */
final class RetentionTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionTimer.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration THEN = Duration.ofMinutes(5);

    private final Retention retention;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "retention");
        thread.setDaemon(true);
        return thread;
    });

    RetentionTimer(Retention retention) {
        this.retention = retention;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::sweep, FIRST.toSeconds(), THEN.toSeconds(), TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            retention.sweep();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("could not clear old detections and snapshots, will try again");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
