package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.DemoScene;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.processors.Event;
import io.sightline.processors.Ids;
import io.sightline.processors.live.LiveViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is stored of a detection lies where the person is, in the very frame that it names. */
class StoredBoxTest {
    private static final int FRAMES = 75;
    private static final int STEP = 2;
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");

    private final DemoScene scene = new DemoScene(11);
    private final FramePool frames = new FramePool(1, FrameInfo.bytes(DemoScene.WIDTH, DemoScene.HEIGHT));

    @Test
    void shouldStoreBoxesThatFitThePeople() throws Exception {
        // Given
        var overlaps = new ArrayList<Double>();
        try (var detector = Detectors.open(new DetectorSpec.Hog("people", 128, 0.6))) {
            var pipeline = new CameraPipeline(settings(detector), tools());
            // When
            for (int i = 1; i <= FRAMES; i++) {
                try (var frame = draw((long) i * STEP)) {
                    List<SeenObject> seen = detector.detect(frame);
                    pipeline.track(new Glance(pipeline, frame, Optional.of(new Observation(frame.info(), seen)), true))
                            .forEach(event -> rate(event, overlaps));
                }
            }
            pipeline.endAll(EndReason.HUB_STOPPING).forEach(event -> rate(event, overlaps));
        }
        // Then
        assertThat(overlaps).hasSizeGreaterThan(7).allSatisfy(overlap -> assertThat(overlap)
                .isGreaterThan(0.5));
    }

    private void rate(Event event, List<Double> overlaps) {
        if (event.kind() != Event.Kind.DETECTION) {
            return;
        }
        Map<?, ?> box = (Map<?, ?>) event.data().get("bounding_box");
        var stored = new BoundingBox(side(box, "x"), side(box, "y"), side(box, "width"), side(box, "height"));
        long sequence = ((Number) ((Map<?, ?>) event.data().get("frame")).get("sequence")).longValue();
        overlaps.add(scene.truth(sequence).stream()
                .mapToDouble(person -> person.box().overlap(stored))
                .max()
                .orElse(0));
    }

    private static double side(Map<?, ?> box, String name) {
        return ((Number) box.get(name)).doubleValue();
    }

    private Frame draw(long number) {
        var slot = frames.lease().orElseThrow();
        scene.draw(number, slot.memory());
        var time = START.plusMillis(number * 1000 / DemoScene.FRAMES_PER_SECOND);
        return slot.publish(new FrameInfo("demo", number, time, DemoScene.WIDTH, DemoScene.HEIGHT));
    }

    private static PipelineSettings settings(Detector detector) {
        return new PipelineSettings(
                "demo",
                detector,
                Duration.ofSeconds(20),
                TrackerSettings.defaults(0.6),
                new SceneSettings(List.of(), List.of()),
                Sieve.OPEN,
                PrivacySettings.NONE,
                Duration.ofSeconds(1),
                Priority.NORMAL,
                MotionSettings.everyFrame());
    }

    private static PipelineTools tools() {
        return new PipelineTools(
                null,
                (frame, overlays) -> new byte[] {1},
                jpeg -> new SnapshotRef("/x", "x"),
                new Uncut(),
                new LiveViews((frame, overlays) -> new byte[] {1}),
                null,
                new Ids(Clock.systemUTC()),
                Clock.systemUTC());
    }
}
