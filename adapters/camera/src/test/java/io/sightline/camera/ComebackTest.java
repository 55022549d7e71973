package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sightline.camera.Comeback.End;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.video.VideoSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ComebackTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final CountDownLatch stopping = new CountDownLatch(1);

    @Test
    void shouldEndTheWaitWhenTheCameraListensAgain() throws Exception {
        // Given
        int port = FakeRtspServer.closedPort();
        var comeback = at(port);
        assertThat(comeback.unreachable(Duration.ofSeconds(1)))
                .hasValueSatisfying(why -> assertThat(why).isEqualTo("cannot be reached (connection refused)"));
        var end = CompletableFuture.supplyAsync(() -> comeback.await(in(LONG), true));

        // When
        try (var server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            // Then
            assertThat(end.get()).isEqualTo(End.IS_BACK);
            assertThat(server.isClosed()).isFalse();
        }
    }

    @Test
    void shouldWaitUntilItIsDueWhereTheCameraNeverWentAway() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var comeback = at(server.getLocalPort());
            assertThat(comeback.unreachable(Duration.ofSeconds(1))).isEmpty();

            assertThat(comeback.await(in(Duration.ofMillis(1500)), true)).isEqualTo(End.DUE);
        }
    }

    @Test
    void shouldNotAskWhereThatIsNotWanted() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            var comeback = at(server.getLocalPort());

            assertThat(comeback.await(in(Duration.ofMillis(1200)), false)).isEqualTo(End.DUE);

            assertThat(catchThrowable(server::accept)).hasMessageContaining("timed out");
        }
    }

    @Test
    void shouldEndTheWaitWhenStopped() throws Exception {
        var comeback = at(FakeRtspServer.closedPort());
        var end = CompletableFuture.supplyAsync(() -> comeback.await(in(LONG), true));

        stopping.countDown();

        assertThat(end.get()).isEqualTo(End.STOPPED);
    }

    private Comeback at(int port) {
        return new Comeback(
                VideoSettings.of("camera gate", "rtsp://127.0.0.1:" + port + "/cam"), stopping, AddressGuard.open());
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
