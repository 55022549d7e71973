package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.camera.streams.CameraStreams;
import io.sightline.engine.net.Tls;
import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Frames;
import io.sightline.engine.video.VideoSettings.Hardware;
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
                false,
                new Tls(false, Optional.empty(), Optional.empty()),
                new CameraStreams(
                        Optional.of("rtsps://192.0.2.10/main"),
                        Optional.of("rtsps://192.0.2.10/third"),
                        new Decode(Frames.AUTO, 0, 2, 3, Hardware.CUDA)));

        assertThat(settings.video().login().orElseThrow().password()).isEqualTo("secret");
        assertThat(settings.video().transport()).isEqualTo(Transport.UDP);
        assertThat(settings.video().silenceLimit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.video().looping()).isFalse();
        assertThat(settings.video().realtime()).isFalse();
        assertThat(settings.video().access().picturesPerSecond()).isEqualTo(2.5);
        assertThat(settings.video().unverified()).isTrue();
        assertThat(settings.video().decode()).isEqualTo(new Decode(Frames.AUTO, 2.5, 2, 3, Hardware.CUDA));
        assertThat(settings.toString()).isEqualTo("CameraSourceSettings[id=gate]");
    }

    @Test
    void shouldRefuseAnotherStreamThatIsNoAddress() {
        var streams = new CameraStreams(
                Optional.of("rtsp://hub:secret@192.0.2.10/main"), Optional.empty(), Decode.EVERYTHING);

        assertThatThrownBy(() -> new CameraSourceSettings(
                        "gate",
                        "rtsp://192.0.2.10/sub",
                        Optional.empty(),
                        Optional.empty(),
                        Transport.TCP,
                        CameraExpectations.USUAL,
                        5,
                        true,
                        true,
                        Tls.STANDARD,
                        streams))
                .hasMessageContaining("must not hold a login")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        assertThatThrownBy(() -> new CameraSourceSettings(
                        "Gate 1",
                        "ftp://x",
                        Optional.empty(),
                        Optional.of("secret"),
                        Transport.TCP,
                        CameraExpectations.USUAL,
                        0,
                        true,
                        true,
                        Tls.STANDARD,
                        CameraStreams.ONE))
                .hasMessageContaining("id: got 'Gate 1'")
                .hasMessageContaining("maxFramesPerSecond: got 0.0")
                .hasMessageContaining("password: needs a username")
                .hasMessageContaining("scheme 'ftp'")
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
