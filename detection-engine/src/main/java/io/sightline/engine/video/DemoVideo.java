package io.sightline.engine.video;

import io.sightline.engine.video.VideoException.Cause;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The demo scene as a source: endless, drawn when a picture is copied. */
final class DemoVideo implements VideoSource {
    private final VideoSettings settings;
    private final DemoScene scene;
    private final Pace pace;
    private long nextFrame;

    DemoVideo(VideoSettings settings, Clock clock) {
        this.settings = settings;
        this.scene = DemoScene.of(settings.address());
        this.pace = new Pace(clock, settings.realtime());
    }

    @Override
    public StreamInfo stream() {
        return new StreamInfo("drawn", DemoScene.WIDTH, DemoScene.HEIGHT, DemoScene.FRAMES_PER_SECOND, 0);
    }

    @Override
    public Optional<Picture> next(Duration patience) throws VideoException {
        long frame = nextFrame;
        Duration mediaTime = Duration.ofMillis(frame * 1000 / DemoScene.FRAMES_PER_SECOND);
        boolean due = pace.due(mediaTime, System.nanoTime() + patience.toNanos());
        if (pace.isClosed()) {
            throw FfmpegErrors.problem(settings, Cause.LOST, settings.shownAddress() + " was closed");
        }
        if (!due) {
            return Optional.empty();
        }
        nextFrame++;
        return Optional.of(new Drawn(frame, mediaTime, pace.capturedAt(mediaTime)));
    }

    @Override
    public void close() {
        pace.close();
    }

    private final class Drawn implements Picture {
        private final long frame;
        private final Duration mediaTime;
        private final Instant capturedAt;

        private Drawn(long frame, Duration mediaTime, Instant capturedAt) {
            this.frame = frame;
            this.mediaTime = mediaTime;
            this.capturedAt = capturedAt;
        }

        @Override
        public Instant capturedAt() {
            return capturedAt;
        }

        @Override
        public Duration mediaTime() {
            return mediaTime;
        }

        @Override
        public int width() {
            return DemoScene.WIDTH;
        }

        @Override
        public int height() {
            return DemoScene.HEIGHT;
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            scene.draw(frame, i420);
        }
    }
}
