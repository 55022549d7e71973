package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.SeenObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one camera tells of what it sees, and when. */
class PipelineTest {
    private final PipelineRig rig = new PipelineRig();

    @BeforeEach
    void start() throws Exception {
        rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldTellOfAWalkFromStartToEnd() {
        // When: into the zone, over the line, away
        for (int i = 0; i < 60; i++) {
            rig.walk(40 + i * 8);
        }
        for (int i = 0; i < 40; i++) {
            rig.frame(List.of());
        }

        // Then
        assertThat(rig.types()).startsWith("io.sightline.detection.started").endsWith("io.sightline.detection.ended");
        assertThat(rig.types())
                .contains("io.sightline.zone.entered", "io.sightline.zone.left", "io.sightline.line.crossed")
                .containsOnlyOnce("io.sightline.detection.started", "io.sightline.detection.ended");
        assertThat(rig.events).allSatisfy(PipelineRig::assertValid);
        var last = rig.events.get(rig.events.size() - 1).data();
        assertThat(last).containsEntry("reason", "left").containsEntry("lines_crossed", List.of("kerb"));
        assertThat(last.get("snapshot")).isNotNull();
        assertThat(rig.pipelines.open("gate")).isZero();
    }

    @Test
    void shouldTellThatItWasLostWithinThePicture() {
        // When: stands in the middle, and is seen no more
        for (int i = 0; i < 10; i++) {
            rig.walk(300);
        }
        for (int i = 0; i < 40; i++) {
            rig.frame(List.of());
        }

        // Then
        var last = rig.events.get(rig.events.size() - 1);
        assertThat(last.type()).isEqualTo("io.sightline.detection.ended");
        assertThat(last.data()).containsEntry("reason", "lost");
        assertThat(rig.events).allSatisfy(PipelineRig::assertValid);
    }

    @Test
    void shouldLinkTheClipFromTheFirstEventOn() {
        rig.clips = true;
        rig.walkIn();
        rig.pipelines.offline("gate", () -> true).run();

        var first = (Map<?, ?>) rig.events.get(0).data().get("clip");
        var last = (Map<?, ?>) rig.events.get(rig.events.size() - 1).data().get("clip");
        assertThat(first.get("href")).isEqualTo("/api/v1/clips/gate/c.mp4");
        assertThat(first.get("starts_at")).isEqualTo(rig.events.get(0).data().get("started_at"));
        assertThat(first.containsKey("seconds")).isFalse();
        assertThat(last.get("seconds")).isEqualTo(12.345);
        assertThat(last.get("expires_at")).isEqualTo("2026-11-21T10:16:00.000Z");
        assertThat(rig.events).allSatisfy(PipelineRig::assertValid);
    }

    @Test
    void shouldSayOfEachEventThatItRefersToTheClip() {
        // Given
        rig.clips = true;

        // When
        for (int i = 0; i < 60; i++) {
            rig.walk(40 + i * 8);
        }

        // Then: an update is told what is known of the clip by then
        assertThat(rig.events)
                .filteredOn(event -> event.type().endsWith("updated"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(((Map<?, ?>) event.data().get("clip")).get("seconds"))
                        .isEqualTo(7.0));
    }

    @Test
    void shouldTellUpdatesAtMostOncePerInterval() {
        for (int i = 0; i < 60; i++) {
            rig.walk(40 + i * 8);
        }

        // 12 s of walking, an interval of 5 s
        assertThat(rig.types().stream().filter(t -> t.endsWith("updated"))).hasSizeBetween(1, 2);
    }

    @Test
    void shouldEndWhatIsOpenWhenTheCameraGoesOrTheHubStops() {
        rig.walkIn();
        rig.pipelines.offline("gate", () -> true).run();
        assertThat(rig.lastReason()).isEqualTo("camera-offline");

        rig.walkIn();
        rig.pipelines.put(rig.settings());
        assertThat(rig.lastReason()).isEqualTo("reconfigured");

        rig.walkIn();
        rig.pipelines.close();
        rig.pipelines.close();
        assertThat(rig.lastReason()).isEqualTo("hub-stopping");

        int before = rig.events.size();
        rig.walkIn(); // frames of a camera that is gone
        assertThat(rig.events).hasSize(before).allSatisfy(PipelineRig::assertValid);
    }

    @Test
    void shouldNotEndWhatCameAfterTheCameraWasGone() {
        // Given: told that it is gone, acted upon late
        rig.walkIn();
        var late = rig.pipelines.offline("gate", () -> true);
        rig.pipelines.put(rig.settings());
        rig.walkIn();
        assertThat(rig.pipelines.open("gate")).isEqualTo(1);

        // When
        late.run();
        rig.pipelines.offline("gate", () -> false).run();

        // Then
        assertThat(rig.pipelines.open("gate")).isEqualTo(1);
        assertThat(rig.events)
                .noneMatch(event -> "camera-offline".equals(event.data().get("reason")));
    }

    @Test
    void shouldGoOnWhenTheDetectorFails() {
        rig.walkIn();
        rig.broken = true;
        rig.walk(100);
        rig.broken = false;
        rig.walk(100);

        assertThat(rig.trouble).containsExactly("gate: bad day");
        assertThat(rig.pipelines.open("gate")).isEqualTo(1);
    }

    @Test
    void shouldTellWithoutPictureWhenTheDiskIsFull() {
        rig.diskFull = true;

        rig.walkIn();

        assertThat(rig.events.get(0).data()).containsEntry("snapshot", null);
        assertThat(rig.events).allSatisfy(PipelineRig::assertValid);
        assertThat(rig.trouble).contains("gate: no space");
    }

    @Test
    void shouldProveEachDetectionWithPictureCropAndSettings() {
        rig.walkIn();

        assertThat(rig.cropped).containsExactly(new BoundingBox(100, 150, 40, 90));
        assertThat(rig.events.get(0).data()).containsKey("crop");
        assertThat(rig.events.get(0).data().get("configuration")).hasToString("{revision=" + "1".repeat(64) + "}");
        assertThat(rig.events).allSatisfy(PipelineRig::assertValid);
    }

    @Test
    void shouldTellWithoutCropWhereItCannotBeCut() {
        rig.noCrop = true;

        rig.walkIn();

        assertThat(rig.events.get(0).data()).doesNotContainKey("crop");
        assertThat(rig.events.get(0).data().get("snapshot")).isNotNull();
        assertThat(rig.trouble).contains("gate: no crop");
    }

    @Test
    void shouldPreferASharpPictureToABlurredOneThatWouldElseBeBetter() {
        // Given
        for (int i = 0; i < 6; i++) {
            rig.stand(0.7);
        }
        int measured = rig.rated.get();

        // When: much more certain, but blurred; then a little more certain and rig.sharp; then no better
        rig.sharp = 1;
        rig.stand(0.95);
        int pictures = rig.encoded.get();
        rig.sharp = 500;
        rig.stand(0.8);
        rig.stand(0.8);

        // Then: measured only where it would else be better
        assertThat(rig.rated.get()).isEqualTo(measured + 2);
        assertThat(pictures).isEqualTo(1);
        assertThat(rig.encoded).hasValue(2);
    }

    @Test
    void shouldSurviveFramesOutOfOrderAndAThousandObjects() {
        rig.walkIn();
        rig.number -= 3;
        rig.walk(100);
        var crowd = new ArrayList<SeenObject>();
        for (int i = 0; i < 1000; i++) {
            crowd.add(new SeenObject("person", 0.9, new BoundingBox(i % 40 * 15, i / 40 * 13, 12, 12)));
        }
        for (int i = 0; i < 4; i++) {
            rig.frame(crowd);
        }
        rig.pipelines.remove("gate");

        assertThat(rig.events).allSatisfy(PipelineRig::assertValid);
        assertThat(rig.types().stream().filter(t -> t.endsWith("started")).count())
                .isEqualTo(rig.types().stream().filter(t -> t.endsWith("ended")).count())
                .isGreaterThan(100);
        assertThat(rig.encoded).hasValueLessThan(12); // one picture a frame, however many want it
    }

    @Test
    void shouldCloseAfterARestart() {
        rig.walkIn();

        var closed = DetectionEvents.closedAfterRestart(
                rig.events.get(0).data(), PipelineRig.START, PipelineRig.START.plusSeconds(9));

        PipelineRig.assertValid(closed);
        assertThat(closed.key()).isEqualTo("gate");
        assertThat(closed.data()).containsEntry("reason", "hub-restarted");
    }
}
