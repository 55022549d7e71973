package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.Network;
import io.sightline.engine.net.TestPeer;
import io.sightline.engine.net.Tls;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings.Access;
import io.sightline.engine.video.VideoSettings.Login;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpVideoTest {
    private static final byte[] DARK = TestFrames.jpeg(64, 48, 40);
    private static final byte[] LIGHT = TestFrames.jpeg(64, 48, 200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AddressGuard LOOPBACK =
            new AddressGuard(() -> List.of(Network.parse("127.0.0.0/8").orElseThrow()), address -> false);

    @Test
    void shouldReadThePicturesOfAStream() throws Exception {
        TestPeer.Habit habit = (head, out) -> {
            out.write(TestPeer.bytes("HTTP/1.0 200 OK\nContent-Type: multipart/x-mixed-replace;boundary=x\n\n"));
            part(out, DARK);
            part(out, LIGHT);
        };
        try (var camera = new TestPeer(habit);
                var video = open(camera)) {
            assertThat(video.stream()).isEqualTo(new StreamInfo("mjpeg", 64, 48, 0, 0));
            assertThat(luma(video)).isBetween(35, 45);
            assertThat(luma(video)).isBetween(195, 205);
        }
    }

    @Test
    void shouldGoOnAfterPicturesThatCannotBeDecoded() throws Exception {
        byte[] broken = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xfe, 0, 4, 1, 2, (byte) 0xff, (byte) 0xd9};
        TestPeer.Habit habit = (head, out) -> {
            out.write(TestPeer.bytes("HTTP/1.0 200 OK\nContent-Type: multipart/mixed\n\n"));
            part(out, broken);
            part(out, LIGHT);
        };
        try (var camera = new TestPeer(habit);
                var video = open(camera)) {
            assertThat(luma(video)).isBetween(195, 205);
            assertThat(video.broken()).isPositive();
        }
    }

    @Test
    void shouldAskForSnapshotsOnOneConnectionAndOnlyForNewOnes() throws Exception {
        // Given
        var asked = new AtomicInteger();
        TestPeer.Habit habit = (head, out) -> {
            int number = asked.incrementAndGet();
            boolean same = TestPeer.header(head, "If-None-Match").equals("\"a\"") && number < 5;
            byte[] picture = number == 1 ? DARK : LIGHT;
            String tag = number == 1 ? "\"a\"" : "\"b\"";
            out.write(TestPeer.bytes(
                    same
                            ? "HTTP/1.1 304 Same\nETag: \"a\"\n\n"
                            : "HTTP/1.1 200 OK\nContent-Type: image/jpeg\nETag: " + tag + "\nContent-Length: "
                                    + picture.length + "\n\n"));
            if (!same) {
                out.write(picture);
            }
        };
        try (var camera = new TestPeer(habit);
                var video = open(camera, 100)) {
            // Then
            assertThat(video.stream().framesPerSecond()).isEqualTo(100);
            assertThat(luma(video)).isBetween(35, 45);
            assertThat(luma(video)).isBetween(195, 205);
            assertThat(asked.get()).isGreaterThanOrEqualTo(5);
            assertThat(camera.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepWhatHasComeOfASnapshotWhenPatienceIsOver(boolean chunked) throws Exception {
        // Given
        var asked = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        TestPeer.Habit habit = (head, out) -> {
            int number = asked.incrementAndGet();
            byte[] picture = number == 1 ? DARK : LIGHT;
            String size = chunked ? Integer.toHexString(picture.length) + "\n" : "";
            String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + picture.length;
            out.write(TestPeer.bytes("HTTP/1.1 200 OK\nContent-Type: image/jpeg\n" + length + "\n\n"));
            byte[] body = joined(TestPeer.bytes(size), picture, TestPeer.bytes(chunked ? "\n0\n\n" : ""));
            int before = chunked ? 1 : body.length / 2;
            out.write(body, 0, before);
            if (number == 2) {
                out.flush();
                await(goOn);
            }
            out.write(body, before, body.length - before);
        };
        try (var camera = new TestPeer(habit);
                var video = open(camera, 50)) {
            assertThat(luma(video)).isBetween(35, 45);
            assertThat(video.next(Duration.ofMillis(300))).isEmpty();

            // When
            goOn.countDown();

            // Then
            assertThat(luma(video)).isBetween(195, 205);
            assertThat(video.broken()).isZero();
            assertThat(camera.connections()).isEqualTo(1);
        }
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void shouldShowAnUnchangedPictureAgainAsASignOfLife() throws Exception {
        TestPeer.Habit habit = (head, out) -> {
            boolean first = TestPeer.header(head, "If-Modified-Since").isEmpty();
            out.write(TestPeer.bytes(
                    first
                            ? "HTTP/1.1 200 OK\nContent-Type: image/jpeg\nLast-Modified: now\nTransfer-Encoding: chunked\n\n"
                                    + Integer.toHexString(DARK.length) + "\n"
                            : "HTTP/1.1 304 Same\nLast-Modified: now\n\n"));
            if (first) {
                out.write(DARK);
                out.write(TestPeer.bytes("\n0\n\n"));
            }
        };
        try (var camera = new TestPeer(habit);
                var video = open(camera, 50)) {
            luma(video);
            assertThat(luma(video)).isBetween(35, 45);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 404 No | NOT_FOUND",
                "HTTP/1.1 403 No | UNAUTHORIZED",
                "HTTP/1.1 503 Busy | UNREACHABLE",
                "HTTP/1.1 401 No;WWW-Authenticate: Basic realm=\"x\" | UNAUTHORIZED",
                "HTTP/1.1 401 No;WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", stale=true | UNAUTHORIZED",
                "HTTP/1.1 401 No;WWW-Authenticate: Digest realm=\"LONG\", nonce=\"n\" | UNAUTHORIZED",
                "HTTP/1.1 302 Go;Location: file:///etc/passwd | REDIRECTED",
                "HTTP/1.1 302 Go;Location: http://u:p@192.0.2.1/ | REDIRECTED",
                "HTTP/1.1 302 Go;Location: http://127.0.0.1 @x/ | REDIRECTED",
                "HTTP/1.1 307 Go;Location: /again | REDIRECTED",
                "HTTP/1.1 308 Go;Location: http://169.254.169.254/latest | FORBIDDEN_ADDRESS",
                "HTTP/1.1 302 Go;Location: http://[::1]:1/ | FORBIDDEN_ADDRESS",
                "HTTP/1.1 302 Go;Location: http://192.0.2.1/ | FORBIDDEN_ADDRESS",
                "HTTP/1.1 200 OK;Content-Type: text/html | UNREADABLE",
                "HTTP/1.1 200 OK | UNREADABLE",
                "HTTP/1.1 200 OK;Content-Type: image/jpeg;Content-Length: 4294967295 | SILENT",
                "HTTP/1.1 200 OK;Content-Type: image/jpeg;Transfer-Encoding: chunked;;zz; | UNREADABLE",
                "HTTP/1.1 200 OK;X: LONGLONGLONGLONG | UNREADABLE",
                "SSH-2.0-OpenSSH | UNREADABLE",
                "HTTP/1.1 200 OK;Content-Type: image/jpeg;Content-Length: 0 | SILENT"
            })
    void shouldEndInAStateWithAReason(String answer, String cause) throws Exception {
        String text = answer.strip().replace(";", "\n").replace("LONG", "r".repeat(10_240)) + "\n\n";
        try (var camera = new TestPeer((head, out) -> out.write(TestPeer.bytes(text)))) {
            // Given
            VideoSettings settings =
                    settings(camera, 100).with(Duration.ofMillis(700)).with(new Login("hub", "s3cret"));

            // When
            var refused = catchThrowableOfType(
                    VideoException.class, () -> VideoSources.open(settings, Clock.systemUTC(), LOOPBACK, () -> {}));

            // Then
            assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(Cause.valueOf(cause));
            assertThat(refused.getMessage())
                    .startsWith("camera gate: http://127.0.0.1:" + camera.port() + "/pic")
                    .hasSizeLessThan(500)
                    .doesNotContain("s3cret", "token=");
            assertThat(camera.connections()).isLessThan(10);
        }
    }

    @Test
    void shouldConnectToNobodyWhoIsForbidden() throws Exception {
        try (var camera = new TestPeer((head, out) -> {})) {
            assertThatThrownBy(() -> VideoSources.open(
                            settings(camera, 5), Clock.systemUTC(), AddressGuard.standard(), () -> {}))
                    .isInstanceOfSatisfying(VideoException.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Cause.FORBIDDEN_ADDRESS));
            assertThat(camera.connections()).isZero();
        }
    }

    @Test
    void shouldGiveTheLoginToTheConfiguredHostOnly() throws Exception {
        try (var other = new TestPeer((head, out) ->
                        out.write(TestPeer.bytes("HTTP/1.1 401 No\nWWW-Authenticate: Basic realm=\"x\"\n\n")));
                var camera = new TestPeer((head, out) -> out.write(
                        TestPeer.bytes("HTTP/1.1 302 Go\nLocation: http://127.0.0.1:" + other.port() + "/\n\n")))) {
            // When
            var settings = settings(camera, 5).with(new Login("hub", "s3cret"));
            assertThatThrownBy(() -> VideoSources.open(settings, Clock.systemUTC(), LOOPBACK, () -> {}))
                    .isInstanceOf(VideoException.class);

            // Then
            assertThat(other.heads()).isNotEmpty();
            assertThat(other.heads().toString()).doesNotContain("Authorization");
        }
    }

    @Test
    void shouldEndAWaitWhenItIsClosed() throws Exception {
        TestPeer.Habit habit = (head, out) -> {
            out.write(TestPeer.bytes("HTTP/1.0 200 OK\nContent-Type: multipart/mixed\n\n"));
            part(out, DARK);
            out.flush();
            waitForever();
        };
        try (var camera = new TestPeer(habit)) {
            VideoSource video = open(camera);
            luma(video);
            var closer = new Thread(video::close);

            // When
            closer.start();

            // Then
            assertThatThrownBy(() -> video.next(PATIENCE)).isInstanceOf(VideoException.class);
            closer.join();
        }
    }

    private static void waitForever() {
        await(new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void part(OutputStream out, byte[] jpeg) throws IOException {
        out.write(TestPeer.bytes("--x\nContent-Type: image/jpeg\nContent-Length: 5\n\n"));
        out.write(jpeg);
        out.write(TestPeer.bytes("\n"));
    }

    private static VideoSource open(TestPeer camera) throws VideoException {
        return open(camera, 5);
    }

    private static VideoSource open(TestPeer camera, double rate) throws VideoException {
        return VideoSources.open(settings(camera, rate), Clock.systemUTC(), LOOPBACK, () -> {});
    }

    private static VideoSettings settings(TestPeer camera, double rate) {
        return VideoSettings.of("camera gate", "http://127.0.0.1:" + camera.port() + "/pic?token=x")
                .with(new Access(Tls.STANDARD, rate));
    }

    /** Brightness of the next picture. */
    private static int luma(VideoSource video) throws VideoException {
        Optional<VideoSource.Picture> next = video.next(PATIENCE);
        ByteBuffer pixels = ByteBuffer.allocateDirect(FrameInfo.bytes(64, 48));
        next.orElseThrow().copyTo(pixels);
        return pixels.get(0) & 0xff;
    }
}
