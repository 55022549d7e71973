package io.sightline.hub.management;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Brings the metrics of things that come and go up to date, on one thread of its own, while the hub runs. */
final class MetricsClock implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsClock.class);
    private static final long EVERY_SECONDS = 2;

    private final List<Refreshing> metrics;
    private volatile @Nullable ScheduledExecutorService timer;

    MetricsClock(List<Refreshing> metrics) {
        this.metrics = List.copyOf(metrics);
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "metrics");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::refresh, 0, EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void refresh() {
        for (Refreshing one : metrics) {
            try {
                one.refresh();
            } catch (RuntimeException e) {
                LOG.atDebug().setCause(e).log("figures cannot be read now");
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }
}
