package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.video.VideoSettings.Transport;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CameraSourceSettingsTest {

    @Test
    void shouldHaveDefaults() {
        CameraSourceSettings settings = CameraSourceSettings.of("gate", "rtsp://192.0.2.10/stream2");

        assertThat(settings.username()).isEmpty();
        assertThat(settings.transport()).isEqualTo(Transport.TCP);
        assertThat(settings.expectations()).isEqualTo(CameraExpectations.USUAL);
        assertThat(settings.expectations().connectLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.expectations().silenceLimit()).isEmpty();
        assertThat(settings.expectations().frozenLimit()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.expectations().requirements()).isEqualTo(CameraRequirements.NONE);
        assertThat(settings.maxFramesPerSecond()).isEqualTo(5);
        assertThat(settings.looping()).isTrue();
        assertThat(settings.realtime()).isTrue();
    }

    @Test
    void shouldHandAllKeysToTheSource() {
        var settings = new CameraSourceSettings(
                "gate",
                "rtsps://192.0.2.10/s",
                Optional.of("hub"),
                Optional.of("secret"),
                Transport.UDP,
                new CameraExpectations(
                        Duration.ofSeconds(3),
                        Optional.of(Duration.ofSeconds(1)),
                        Duration.ZERO,
                        CameraRequirements.NONE),
                2.5,
                false,
                false);

        assertThat(settings.video().login().orElseThrow().password()).isEqualTo("secret");
        assertThat(settings.video().transport()).isEqualTo(Transport.UDP);
        assertThat(settings.video().silenceLimit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.video().looping()).isFalse();
        assertThat(settings.video().realtime()).isFalse();
        assertThat(settings.toString()).isEqualTo("CameraSourceSettings[id=gate]");
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        assertThatThrownBy(() -> new CameraSourceSettings(
                        "Gate 1",
                        "http://x",
                        Optional.empty(),
                        Optional.of("secret"),
                        Transport.TCP,
                        CameraExpectations.USUAL,
                        0,
                        true,
                        true))
                .hasMessageContaining("id: got 'Gate 1'")
                .hasMessageContaining("maxFramesPerSecond: got 0.0")
                .hasMessageContaining("password: needs a username")
                .hasMessageContaining("scheme 'http'")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldNameAllLimitsThatAreWrong() {
        assertThatThrownBy(() -> new CameraExpectations(
                        Duration.ofHours(1), Optional.of(Duration.ZERO), Duration.ofDays(2), CameraRequirements.NONE))
                .hasMessageContaining("connectLimit: got PT1H, allowed are 100 ms to 10 min")
                .hasMessageContaining("silenceLimit: got PT0S")
                .hasMessageContaining("frozenLimit: got PT48H");
    }
}
