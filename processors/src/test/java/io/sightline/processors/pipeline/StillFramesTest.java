package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.motion.MotionSettings;
import io.sightline.processors.Timestamps;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames in which nothing moves are passed over, and nothing is lost by that. */
class StillFramesTest {
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
    void shouldPassOverStillFramesAndLoseNoEvent() {
        // Given: the gate, and pictures in which nothing moves but whom the detector sees
        rig.motion = MotionSettings.defaults();
        rig.pipelines.put(rig.settings());
        for (int i = 0; i < 30; i++) {
            rig.frame(List.of());
        }
        assertThat(rig.verdicts).startsWith("first").endsWith("still");
        long looked = rig.detected;

        // When: somebody stands there when the minute is over, and goes
        rig.number += 300;
        for (int i = 0; i < 20; i++) {
            rig.walk(100);
        }
        Instant last = PipelineRig.START.plusMillis(rig.number * 200);
        for (int i = 0; i < 40; i++) {
            rig.frame(List.of());
        }

        // Then: looked at until the track has ended, no frame later
        assertThat(rig.types())
                .startsWith("io.sightline.detection.started")
                .endsWith("io.sightline.detection.ended")
                .containsOnlyOnce("io.sightline.detection.started", "io.sightline.detection.ended");
        var end = rig.events.get(rig.events.size() - 1);
        assertThat(end.time()).isBetween(last.plusSeconds(3), last.plusSeconds(4));
        assertThat(end.data()).containsEntry("ended_at", Timestamps.text(last));
        assertThat(rig.detected - looked).isBetween(20L + 15, 20L + 18);
        assertThat(rig.verdicts).contains("forced", "track").endsWith("still");
        assertThat(rig.live.find("gate").orElseThrow().tracks()).isEmpty();
    }

    @Test
    void shouldLookAgainAtOnceWhenAForcedLookFails() {
        rig.motion = MotionSettings.defaults();
        rig.pipelines.put(rig.settings());
        for (int i = 0; i < 10; i++) {
            rig.frame(List.of());
        }
        rig.number += 300;
        rig.verdicts.clear();

        rig.broken = true;
        rig.frame(List.of());
        rig.frame(List.of());
        rig.broken = false;
        rig.frame(List.of());
        rig.frame(List.of());

        assertThat(rig.verdicts).containsExactly("forced", "forced", "forced", "still");
    }
}
