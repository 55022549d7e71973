package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.RecentPictures;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.VideoException.Cause;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FfmpegPacketsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    /** Remembers everything, a fortieth of a second apart. */
    private static final class Remembering implements PacketTap {
        private final List<EncodedPacket> packets = new ArrayList<>();

        @Override
        public void format(StreamFormat format) {}

        @Override
        public void packet(EncodedPacket packet) {
            Instant time = Instant.EPOCH.plus(Duration.ofMillis(40).multipliedBy(packets.size()));
            packets.add(new EncodedPacket(packet.bytes(), packet.pts(), packet.dts(), packet.key(), time));
        }
    }

    @Test
    void shouldGiveEveryPacketWithoutDecoding() throws Exception {
        // Given
        Path file = TestVideo.withSpareFrames(folder.resolve("a.mp4"), 36);
        var tap = new Remembering();

        // When
        try (PacketSource source = open(file, false)) {
            assertThat(source.format().codec()).isEqualTo("mpeg4");
            assertThat(source.format().width()).isEqualTo(64);
            assertThat(source.format().extra()).isNotEmpty();
            assertThatThrownBy(() -> readAll(source, tap)).isInstanceOf(EndOfVideoException.class);
        }

        // Then
        assertThat(tap.packets).hasSize(36);
        assertThat(tap.packets).extracting(EncodedPacket::key).startsWith(true, false);
        assertThat(tap.packets).filteredOn(EncodedPacket::key).hasSize(4);
    }

    @Test
    void shouldDecodeOnePictureOfThoseKept() throws Exception {
        // Given
        Path file = TestVideo.withSpareFrames(folder.resolve("a.mp4"), 36);
        var tap = new Remembering();

        try (PacketSource source = open(file, false);
                var recent = new RecentPictures(VideoSources::decoder, 1 << 20)) {
            assertThatThrownBy(() -> readAll(source, tap)).isInstanceOf(EndOfVideoException.class);
            recent.format(source.format());
            tap.packets.forEach(recent::packet);

            // When
            for (int wanted : new int[] {20, 27, 29, 33, 3}) {
                EncodedPacket packet = tap.packets.get(wanted);
                var info = new FrameInfo("gate", 1, packet.capturedAt(), 1, 1);

                // Then: a picture's brightness tells its place in the order of showing
                long ticksPerFrame =
                        tap.packets.get(1).dts() - tap.packets.get(0).dts();
                int shown = (int) ((packet.pts() - tap.packets.get(0).pts()) / ticksPerFrame);
                try (Frame frame = recent.like(info).orElseThrow()) {
                    assertThat(frame.width()).isEqualTo(64);
                    assertThat(frame.luma().get(0) & 0xff).isCloseTo(TestVideo.luma(shown), within(3));
                }
            }
        }
    }

    @Test
    void shouldBeginAgainWhereItLoops() throws Exception {
        // Given
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 5);
        var tap = new Remembering();

        // When
        try (PacketSource source = open(file, true)) {
            for (int i = 0; i < 12; i++) {
                assertThat(source.next(PATIENCE, tap)).isTrue();
            }
        }

        // Then
        assertThat(tap.packets.get(5).bytes()).isEqualTo(tap.packets.get(0).bytes());
    }

    @Test
    void shouldSayWhatHasNoPackets() {
        assertThatThrownBy(() -> VideoSources.openPackets(
                        VideoSettings.of("test", "demo:crossing"), Clock.systemUTC(), AddressGuard.open(), () -> {}))
                .isInstanceOfSatisfying(
                        VideoException.class, e -> assertThat(e.reason()).isEqualTo(Cause.NO_VIDEO))
                .hasMessageContaining("no encoded video");
    }

    @Test
    void shouldRefuseToGoOnOnceClosed() throws Exception {
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 5);
        PacketSource source = open(file, true);
        source.close();
        source.close();
        assertThatThrownBy(() -> source.next(PATIENCE, new Remembering())).hasMessageContaining("was closed");
    }

    private static void readAll(PacketSource source, PacketTap tap) throws VideoException {
        while (source.next(PATIENCE, tap)) {
            // until the end is thrown
        }
    }

    private static PacketSource open(Path file, boolean looping) throws VideoException {
        var settings = VideoSettings.of("test", "file:" + file).playing(looping, false);
        return VideoSources.openPackets(settings, Clock.systemUTC(), AddressGuard.open(), () -> {});
    }
}
