package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.Scene;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.track.Track;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UrgencyTest {
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");
    private static final Zone LEFT = zone("left", 0, 0.5, Priority.HIGH);
    private static final Zone RIGHT = zone("right", 0.5, 1, Priority.LOW);

    private final Scene scene = new Scene(List.of(LEFT, RIGHT), List.of());
    private int frames;

    @Test
    void shouldBeHighWhileATrackIsInAZoneThatSaysSo() {
        var urgency = new Urgency(settings(Priority.NORMAL));
        assertThat(urgency.now()).isEqualTo(Priority.NORMAL);

        walk(urgency, 20);
        assertThat(urgency.now()).isEqualTo(Priority.HIGH);

        walk(urgency, 80);
        assertThat(urgency.now()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void shouldBeAsUsualWhenTheTrackIsGone() {
        var urgency = new Urgency(settings(Priority.LOW));
        walk(urgency, 20);

        urgency.update(List.of(), scene);

        assertThat(urgency.now()).isEqualTo(Priority.LOW);
    }

    @Test
    void shouldNeverBeLessThanUsual() {
        var urgency = new Urgency(settings(Priority.HIGH));

        walk(urgency, 80);

        assertThat(urgency.now()).isEqualTo(Priority.HIGH);
    }

    /** Stands there long enough to be inside for certain. */
    private void walk(Urgency urgency, double x) {
        var track = new Track(1, "person", 0.9, new BoundingBox(x - 2, 40, 4, 10), true, START);
        for (int i = 0; i < 20; i++) {
            frames++;
            var info = new FrameInfo("gate", frames, START.plusMillis(frames * 200L), 100, 100);
            scene.update(List.of(track), List.of(), info);
            urgency.update(List.of(track), scene);
        }
    }

    private static Zone zone(String id, double from, double to, Priority priority) {
        var corners = List.of(new Point(from, 0), new Point(to, 0), new Point(to, 1), new Point(from, 1));
        return new Zone(id, corners, Set.of(), Duration.ZERO, priority, 0, Duration.ZERO);
    }

    private static PipelineSettings settings(Priority priority) {
        return new PipelineSettings(
                "gate",
                new Blind(),
                Duration.ofSeconds(1),
                TrackerSettings.defaults(0.5),
                new SceneSettings(List.of(LEFT, RIGHT), List.of()),
                Sieve.OPEN,
                PrivacySettings.NONE,
                Duration.ZERO,
                priority,
                MotionSettings.everyFrame());
    }

    private static final class Blind implements Detector {
        @Override
        public DetectorInfo info() {
            return new DetectorInfo("blind", "blind", "", List.of());
        }

        @Override
        public List<SeenObject> detect(Frame frame) {
            return List.of();
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }
}
