package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.Network;
import io.sightline.engine.net.TestPeer;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings.Frames;
import io.sightline.engine.video.VideoSettings.Hardware;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera whose packets go on for ever, while what they are to bring never comes. */
@Timeout(60)
class EndlessStreamTest {
    private static final AddressGuard LOOPBACK =
            new AddressGuard(() -> List.of(Network.parse("127.0.0.0/8").orElseThrow()), address -> false);
    private static final int LARGEST_PAYLOAD = 1400;

    @TempDir
    Path folder;

    private final Recorded film = new Recorded();
    private final AtomicLong sent = new AtomicLong();
    private int number;

    @BeforeEach
    void film() throws Exception {
        Path file = TestVideo.withSpareFrames(folder.resolve("a.mp4"), 36);
        try (PacketSource source = VideoSources.openPackets(
                VideoSettings.of("test", "file:" + file), Clock.systemUTC(), AddressGuard.open(), () -> {})) {
            film.format(source.format());
            catchThrowableOfType(EndOfVideoException.class, () -> {
                while (source.next(Duration.ofSeconds(5), film)) {
                    // all of it
                }
            });
        }
    }

    @Test
    void shouldLeaveACameraWhosePictureHasNoEnd() throws Exception {
        // Given: the beginning of a picture, and what may belong to it
        EncodedPacket key = film.packets.get(0);
        byte[] more = new byte[60_000];
        Arrays.fill(more, (byte) 0x55);
        try (var camera = new TestPeer((head, out) -> {
            out.write(answer(head));
            if (head.get(0).startsWith("PLAY")) {
                sendPicture(key.bytes(), 0, out);
                sendPicture(film.packets.get(1).bytes(), 3600, out);
                for (int i = 0; i < 5000; i++) {
                    out.write(packet(more, 3600, false));
                    sent.addAndGet(more.length);
                }
            }
        })) {
            // When
            VideoException failure = catchThrowableOfType(VideoException.class, () -> readAll(settings(camera)));

            // Then
            assertThat(failure.reason()).isEqualTo(Cause.UNREADABLE);
            assertThat(failure).hasMessageContaining("sends a picture of more than 16 MiB");
            assertThat(sent).hasValueLessThan(64L << 20);
            assertThat(camera.clientLeaves(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void shouldSayInTimeThatNoKeyPictureHasCome() throws Exception {
        // Given
        var inTime = new AtomicLong();
        try (var camera = new TestPeer((head, out) -> {
            out.write(answer(head));
            if (head.get(0).startsWith("PLAY")) {
                sendPicture(film.packets.get(0).bytes(), 0, out);
                while (true) {
                    inTime.addAndGet(3600);
                    sendPicture(film.packets.get(1).bytes(), inTime.intValue(), out);
                    out.flush();
                }
            }
        })) {
            var keys = new VideoSettings.Decode(Frames.KEY, 0, 1, 1, Hardware.NONE);
            try (VideoSource source =
                    VideoSources.open(settings(camera).with(keys), Clock.systemUTC(), LOOPBACK, () -> {})) {
                while (source.next(Duration.ofMillis(200)).isPresent()) {
                    // what had come before
                }
                long packets = source.packets();

                // When
                var picture = source.next(Duration.ofMillis(200));

                // Then
                assertThat(picture).isEmpty();
                assertThat(source.packets()).isGreaterThan(packets);
            }
        }
    }

    private static VideoSettings settings(TestPeer camera) {
        return VideoSettings.of("camera a", "rtsp://127.0.0.1:" + camera.port() + "/a");
    }

    private static void readAll(VideoSettings settings) throws VideoException {
        try (VideoSource source = VideoSources.open(settings, Clock.systemUTC(), LOOPBACK, () -> {})) {
            while (true) {
                source.next(Duration.ofSeconds(5));
            }
        }
    }

    private byte[] answer(List<String> head) {
        String description = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
                + "a=rtpmap:96 MP4V-ES/90000\r\na=fmtp:96 profile-level-id=1;config="
                + HexFormat.of().withUpperCase().formatHex(film.extra) + "\r\na=control:track1\r\n";
        String more =
                switch (head.get(0).split(" ")[0]) {
                    case "DESCRIBE" ->
                        "Content-Type: application/sdp\r\nContent-Length: " + description.length() + "\r\n\r\n"
                                + description;
                    case "SETUP" -> "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n\r\n";
                    default -> "Session: 1\r\nPublic: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
                };
        return TestPeer.bytes(
                ("RTSP/1.0 200 OK\r\nCSeq: " + TestPeer.header(head, "CSeq") + "\r\n" + more).replace("\r\n", "\n"));
    }

    private void sendPicture(byte[] picture, int stamp, OutputStream out) throws IOException {
        for (int at = 0; at < picture.length; at += LARGEST_PAYLOAD) {
            int end = Math.min(picture.length, at + LARGEST_PAYLOAD);
            out.write(packet(Arrays.copyOfRange(picture, at, end), stamp, end == picture.length));
        }
    }

    /** RFC 2326, 10.12, and RFC 3550, 5.1. */
    private byte[] packet(byte[] payload, int stamp, boolean last) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(16)
                .put((byte) '$')
                .put((byte) 0)
                .putShort((short) (12 + payload.length))
                .put((byte) 0x80)
                .put((byte) (96 | (last ? 0x80 : 0)))
                .putShort((short) number++)
                .putInt(stamp)
                .putInt(4711)
                .array());
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    private static final class Recorded implements PacketTap {
        private final List<EncodedPacket> packets = new ArrayList<>();
        private byte[] extra = {};

        @Override
        public void format(StreamFormat format) {
            extra = format.extra();
        }

        @Override
        public void packet(EncodedPacket packet) {
            packets.add(packet);
        }
    }
}
