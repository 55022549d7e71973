package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Login;
import io.sightline.engine.video.VideoSettings.Scheme;
import io.sightline.engine.video.VideoSettings.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoSettingsTest {

    @Test
    void shouldHaveDefaults() {
        VideoSettings settings = VideoSettings.of("camera gate", "rtsp://192.0.2.10/stream");

        assertThat(settings.login()).isEmpty();
        assertThat(settings.transport()).isEqualTo(Transport.TCP);
        assertThat(settings.silenceLimit()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.looping()).isFalse();
        assertThat(settings.realtime()).isFalse();
        assertThat(settings.scheme()).isEqualTo(Scheme.RTSP);
    }

    @Test
    void shouldNameAllProblemsAtOnceWithoutShowingSecrets() {
        assertThatThrownBy(() -> new VideoSettings(
                        "camera gate",
                        "rtsp://hub:s3cret@192.0.2.10/stream",
                        Optional.of(new Login("", "pa55")),
                        Transport.TCP,
                        Duration.ZERO,
                        false,
                        false,
                        VideoSettings.Access.STANDARD,
                        Decode.EVERYTHING))
                .hasMessageStartingWith("camera gate: uri: must not hold a login")
                .hasMessageContaining("silenceLimit: got PT0S, allowed are 100 ms to 10 min")
                .hasMessageContaining("username: must not be empty")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("pa55");
    }

    @Test
    void shouldRefuseSchemesAndAddressesItCannotOpen() {
        for (String bad :
                new String[] {"ftp://x/y", "http:///y", "/srv/a.mp4", "file:", "rtsp:///cam", "rtsp://a b/", ""}) {
            assertThat(VideoSettings.addressProblems(bad)).as(bad).isNotEmpty();
        }
    }

    @Test
    void shouldPutLoginAndCheckedAddressIntoTheAddressOnlyForFfmpeg() throws Exception {
        VideoSettings settings =
                VideoSettings.of("camera gate", "rtsp://192.0.2.10:554/a?b=c").with(new Login("hub", "p@ss:/$1ü"));

        assertThat(RtspAddress.of(settings, InetAddress.getByName("192.0.2.77")))
                .isEqualTo("rtsp://hub:p%40ss%3A%2F%241%C3%BC@192.0.2.77:554/a?b=c");
        assertThat(settings.toString()).doesNotContain("p@ss");
        assertThat(settings.shownAddress()).isEqualTo("rtsp://192.0.2.10:554/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rtsp://192.0.2.10/user=admin&password=X9&channel=1&stream=0.sdp?x | rtsp://192.0.2.10/user=admin&password=***&channel=1&stream=0.sdp",
                "rtsp://192.0.2.10/user=admin_password=X9_channel=1 | rtsp://192.0.2.10/user=admin_password=***_channel=1",
                "http://192.0.2.10/pic?pwd=X9 | http://192.0.2.10/pic",
                "file:/srv/a_key=X9.mp4 | file:/srv/a_key=X9.mp4",
            })
    void shouldShowNoPasswordThatTheAddressHolds(String address, String shown) {
        assertThat(VideoSettings.of("camera gate", address).shownAddress()).isEqualTo(shown);
    }

    @Test
    void shouldRefuseAnAddressThatMayHoldALoginBehindItsHost() {
        assertThat(VideoSettings.addressProblems("rtsp://hub:12/34@192.0.2.10"))
                .singleElement()
                .asString()
                .contains("/ is written %2F")
                .doesNotContain("34");
        assertThat(VideoSettings.addressProblems("rtsp://192.0.2.10:554/ch@2")).isEmpty();
    }

    @Test
    void shouldNotSendPicturesPastTheTlsThatWasAskedFor() {
        VideoSettings plain =
                VideoSettings.of("camera gate", "rtsp://192.0.2.10/a").with(Transport.UDP);
        VideoSettings secure =
                VideoSettings.of("camera gate", "rtsps://192.0.2.10/a").with(Transport.UDP);

        assertThat(plain.overUdp()).isTrue();
        assertThat(secure.overUdp()).isFalse();
    }

    @Test
    void shouldRefuseALoginThatWouldBeCutOff() {
        var settings = VideoSettings.of("camera gate", "rtsp://192.0.2.10/a");
        assertThatThrownBy(() -> settings.with(new Login("hub", "x".repeat(130))))
                .hasMessageContaining("134 characters")
                .hasMessageNotContaining("xxx");
    }
}
