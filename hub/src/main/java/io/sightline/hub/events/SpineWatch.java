package io.sightline.hub.events;

import io.sightline.processors.EventPublisher;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every second whether the spine leaves events without an answer. */
final class SpineWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "hub-spine-watch");
        thread.setDaemon(true);
        return thread;
    });

    SpineWatch(EventPublisher publisher) {
        timer.scheduleWithFixedDelay(() -> publisher.look(PATIENCE), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
