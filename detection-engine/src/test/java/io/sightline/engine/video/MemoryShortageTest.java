package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.Network;
import io.sightline.engine.net.TestPeer;
import io.sightline.engine.video.VideoSettings.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where memory outside the heap runs out an Error is thrown: what was open by then must not stay so. */
@Timeout(60)
class MemoryShortageTest {
    private static final AddressGuard LOOPBACK =
            new AddressGuard(() -> List.of(Network.parse("127.0.0.0/8").orElseThrow()), address -> false);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 100_000;

    @TempDir
    Path folder;

    private static void runOut() {
        throw new OutOfMemoryError("as JavaCPP throws it");
    }

    @Test
    void shouldCloseAFile() throws IOException {
        Path video = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 3);
        assumeThat(Path.of("/proc/self/fd")).exists();

        assertThatThrownBy(() -> FfmpegVideo.open(
                        VideoSettings.of("camera a", "file:" + video),
                        "file:" + video,
                        Clock.systemUTC(),
                        MemoryShortageTest::runOut))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(opened(video)).isZero();
    }

    @Test
    void shouldLeaveACameraBehindARelay() throws Exception {
        try (var camera = new TestPeer((head, out) -> out.write(answer(head)))) {
            var settings = VideoSettings.of("camera a", "rtsp://127.0.0.1:" + camera.port() + "/a")
                    .with(Transport.UDP);

            assertThatThrownBy(
                            () -> VideoSources.open(settings, Clock.systemUTC(), LOOPBACK, MemoryShortageTest::runOut))
                    .isInstanceOf(OutOfMemoryError.class);

            assertThat(camera.clientLeaves(PATIENCE)).isTrue();
        }
    }

    private static byte[] answer(List<String> head) {
        String description =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\n" + "m=video 0 RTP/AVP 26\r\na=control:track1\r\n";
        String more =
                switch (head.get(0).split(" ")[0]) {
                    case "DESCRIBE" ->
                        "Content-Type: application/sdp\r\nContent-Length: " + description.length() + "\r\n\r\n"
                                + description;
                    case "SETUP" ->
                        "Transport: " + TestPeer.header(head, "Transport") + ";server_port=9-10\r\nSession: 1\r\n\r\n";
                    default -> "Session: 1\r\nPublic: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
                };
        String answer = "RTSP/1.0 200 OK\r\nCSeq: " + TestPeer.header(head, "CSeq") + "\r\n" + more;
        return answer.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldLeaveACameraThatGivesPictures() throws Exception {
        byte[] picture = padded(TestFrames.jpeg(64, 48, 100), 3 * MOST_BYTES);
        TestPeer.Habit habit = (head, out) -> {
            out.write(TestPeer.bytes(
                    "HTTP/1.1 200 OK\nContent-Type: image/jpeg\nContent-Length: " + picture.length + "\n\n"));
            out.write(picture);
        };
        try (var camera = new TestPeer(habit)) {
            var settings = VideoSettings.of("camera a", "http://127.0.0.1:" + camera.port() + "/a");
            av_max_alloc(MOST_BYTES);
            try {
                assertThatThrownBy(() -> VideoSources.open(settings, Clock.systemUTC(), LOOPBACK, () -> {}))
                        .isInstanceOf(OutOfMemoryError.class);
            } finally {
                av_max_alloc(FfmpegInput.LARGEST_ALLOCATION);
            }

            assertThat(camera.clientLeaves(PATIENCE)).isTrue();
        }
    }

    /** With remarks behind its beginning. */
    private static byte[] padded(byte[] jpeg, int length) {
        byte[] remark = new byte[60_000];
        remark[0] = (byte) 0xff;
        remark[1] = (byte) 0xfe;
        remark[2] = (byte) (remark.length - 2 >> 8);
        remark[3] = (byte) (remark.length - 2);
        var padded = new ByteArrayOutputStream();
        padded.writeBytes(Arrays.copyOf(jpeg, 2));
        while (padded.size() < length) {
            padded.writeBytes(remark);
        }
        padded.writeBytes(Arrays.copyOfRange(jpeg, 2, jpeg.length));
        return padded.toByteArray();
    }

    /** An image whose parts are all broken makes decoding fail, after it was opened. */
    @Test
    void shouldCloseAnImageThatCannotBeDecoded() throws Exception {
        // Given
        byte[] broken = {
            -1,
            (byte) 0xd8,
            -1,
            (byte) 0xc0,
            0,
            11,
            8,
            0,
            48,
            0,
            64,
            1,
            1,
            17,
            0, // 64x48, one component
            -1,
            (byte) 0xc4,
            0,
            3,
            9,
            -1,
            (byte) 0xd9 // a table that is too short
        };
        var many = new ByteArrayOutputStream();
        for (int i = 0; i < 1200; i++) {
            many.writeBytes(broken);
        }
        Path image = Files.write(folder.resolve("a.jpg"), many.toByteArray());
        assumeThat(Path.of("/proc/self/fd")).exists();

        // When, Then
        var settings = VideoSettings.of("camera a", "file:" + folder);
        try (var limit = BlockedCalls.limit(System.nanoTime() + PATIENCE.toNanos(), () -> false)) {
            var reader = av_find_input_format("jpeg_pipe");
            try (var input = FfmpegInput.openImage(settings, "file:" + image, reader, limit)) {
                assertThatThrownBy(() -> input.decode(limit)).isInstanceOf(VideoException.class);
            }
        }
        assertThat(ImageFile.open(settings, image, () -> false)).isNull();
        assertThat(opened(image)).isZero();
    }

    /** How often this process has a file open. */
    private static long opened(Path file) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(one -> leadsTo(one, file)).count();
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
