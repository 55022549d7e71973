package io.sightline.hub.cameras;

import io.sightline.hub.settings.SettingsFile;
import io.sightline.processors.EventPublisher;
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
        file.listen(cameras::change);
        cameras.start(file.current());
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    synchronized void stop(ContextClosedEvent closed) {
        if (running) {
            running = false;
            cameras.stop();
            publisher.close();
        }
    }
}
