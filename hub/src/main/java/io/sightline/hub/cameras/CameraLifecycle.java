package io.sightline.hub.cameras;

import io.sightline.hub.settings.SettingsFile;
import io.sightline.processors.EventPublisher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Starts the cameras when Camel and its routes run, before the hub says that it is ready, and stops them before Camel
 * stops.
 */
final class CameraLifecycle implements ApplicationRunner {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Cameras cameras;
    private final SettingsFile file;
    private final EventPublisher publisher;
    private boolean running;

    CameraLifecycle(Cameras cameras, SettingsFile file, EventPublisher publisher) {
        this.cameras = cameras;
        this.file = file;
        this.publisher = publisher;
    }

    @Override
    public synchronized void run(ApplicationArguments arguments) {
        running = true;
        file.listen(change -> cameras.change(change.after()));
        cameras.start(file::current);
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    synchronized void stop(ContextClosedEvent closed) {
        if (running) {
            running = false;
            // A spine that refuses what is still to be told must not keep the hub from stopping.
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(publisher::close);
            try {
                cameras.stop();
            } finally {
                publisher.close();
            }
        }
    }
}
