package io.sightline.hub.cameras;

import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.processors.EventPublisher;
import org.springframework.context.SmartLifecycle;

/** Starts the cameras after Camel and its routes, and stops them before. */
final class CameraLifecycle implements SmartLifecycle {
    /** After the Camel context, which starts in {@code Integer.MAX_VALUE - 101}. */
    private static final int AFTER_CAMEL = Integer.MAX_VALUE - 50;

    private final Cameras cameras;
    private final SettingsFile file;
    private final EventPublisher publisher;
    private final SightlineSettings settings;
    private volatile boolean running;

    CameraLifecycle(Cameras cameras, SettingsFile file, EventPublisher publisher, SightlineSettings settings) {
        this.cameras = cameras;
        this.file = file;
        this.publisher = publisher;
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
        file.listen(cameras::change);
        cameras.start(settings);
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            cameras.stop();
            publisher.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_CAMEL;
    }
}
