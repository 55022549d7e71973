package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.motion.MotionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is shown which picture of a camera. */
class LivePicturesTest {
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
    void shouldEncodeLivePicturesOnlyWhileSomebodyWatches() throws Exception {
        var view = rig.live.find("gate").orElseThrow();
        rig.frame(List.of());
        assertThat(rig.encoded).hasValue(0);

        try (var viewer = view.watch();
                var other = view.watch()) {
            rig.frame(List.of());
            var picture = viewer.await(0, Duration.ZERO).orElseThrow();
            assertThat(other.await(0, Duration.ZERO)).containsSame(picture);
            assertThat(viewer.await(picture.number(), Duration.ZERO)).isEmpty();
        }
        rig.frame(List.of());
        assertThat(rig.encoded).hasValue(1);
    }

    @Test
    void shouldShowNothingOfBeforeTheCameraWasConfiguredAnewOrGone() throws Exception {
        var view = rig.live.find("gate").orElseThrow();
        try (var viewer = view.watch();
                var plain = view.watch(Set.of())) {
            rig.walkIn();
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
            assertThat(view.tracks()).isNotEmpty();

            rig.pipelines.put(rig.settings());
            assertThat(viewer.await(0, Duration.ZERO)).isEmpty();
            assertThat(plain.await(0, Duration.ZERO)).isEmpty();
            assertThat(view.tracks()).isEmpty();

            rig.walkIn();
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
            rig.pipelines.offline("gate", () -> true).run();
            assertThat(viewer.await(0, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void shouldShowAViewerOnlyWhatCameAfterwards() throws Exception {
        var view = rig.live.find("gate").orElseThrow();
        try (var first = view.watch()) {
            rig.frame(List.of());
            try (var second = view.watch()) {
                assertThat(first.await(0, Duration.ZERO)).isPresent();
                assertThat(second.await(0, Duration.ZERO)).isEmpty();

                rig.frame(List.of());
                assertThat(second.await(0, Duration.ZERO)).isPresent();
            }
        }
    }

    @Test
    void shouldDropAFrameThatWasJudgedByOtherSettings() throws Exception {
        rig.walkIn();
        rig.meanwhile = () -> rig.pipelines.put(rig.settings());

        try (var viewer = rig.live.find("gate").orElseThrow().watch()) {
            rig.walk(100);
            rig.broken = true;
            rig.walk(100);
            assertThat(viewer.await(0, Duration.ZERO)).isPresent(); // not looked at: covered by the settings in force
            rig.broken = false;
            rig.walk(100);
            assertThat(viewer.await(0, Duration.ZERO)).isEmpty();
        }

        assertThat(rig.lastReason()).isEqualTo("reconfigured");
        assertThat(rig.pipelines.open("gate")).isZero();
    }

    @Test
    void shouldStillShowLivePicturesOfStillFrames() throws Exception {
        rig.motion = MotionSettings.defaults();
        rig.pipelines.put(rig.settings());
        for (int i = 0; i < 10; i++) {
            rig.frame(List.of());
        }
        assertThat(rig.verdicts).endsWith("still");

        try (var viewer = rig.live.find("gate").orElseThrow().watch()) {
            rig.frame(List.of());
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
        }
    }
}
