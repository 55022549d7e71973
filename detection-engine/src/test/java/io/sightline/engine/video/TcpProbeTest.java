package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.net.AddressGuard;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Test
    void shouldTellWhetherSomebodyListens() throws Exception {
        // Given
        int port;
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();

            // When, Then
            assertThat(at("127.0.0.1:" + port)).isEmpty();
        }
        assertThat(at("127.0.0.1:" + port)).contains("cannot be reached (connection refused)");
        assertThat(at("no-such-host.invalid")).contains("cannot be reached (unknown host)");
    }

    @Test
    void shouldEndAtOnceWhenInterrupted() throws Exception {
        Thread.currentThread().interrupt();

        Optional<String> problem = at("192.0.2.1:554");

        assertThat(problem).isPresent();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldNotAskWhereThereIsNoServer() {
        assertThat(VideoSources.unreachable(
                        VideoSettings.of("camera test", "demo:crossing"), PATIENCE, AddressGuard.open()))
                .isEmpty();
    }

    private static Optional<String> at(String host) {
        return VideoSources.unreachable(
                VideoSettings.of("camera test", "rtsp://" + host + "/cam"), PATIENCE, AddressGuard.open());
    }
}
