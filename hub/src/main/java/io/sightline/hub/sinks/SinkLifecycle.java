package io.sightline.hub.sinks;

import io.sightline.hub.settings.SettingsFile;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Makes the sinks when Camel and its routes run and before the cameras start, so that no event finds its queue missing;
 * stops them after the cameras, whose last events are on the spine by then.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SinkLifecycle implements ApplicationRunner {
    private final Sinks sinks;
    private final SettingsFile file;
    private boolean running;

    SinkLifecycle(Sinks sinks, SettingsFile file) {
        this.sinks = sinks;
        this.file = file;
    }

    @Override
    public synchronized void run(ApplicationArguments arguments) {
        running = true;
        file.listen(change -> sinks.change(change.after()));
        sinks.start(file.current());
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    synchronized void stop(ContextClosedEvent closed) {
        if (running) {
            running = false;
            sinks.stop();
        }
    }
}
