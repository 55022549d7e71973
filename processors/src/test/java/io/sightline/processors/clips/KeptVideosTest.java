package io.sightline.processors.clips;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketRing;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptVideosTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int SIZE = 100_000;
    private static final StreamFormat FORMAT =
            new StreamFormat("h264", 27, 640, 480, new byte[] {1, 0x42, 0, 0x1e}, StreamFormat.Tick.NANOSECOND);

    private final List<String> covered = new ArrayList<>();
    private final KeptVideos videos = new KeptVideos(covered::add);

    @Test
    void shouldHoldNoMemoryOfCamerasThatCameAndWent() {
        // Given
        List<PacketRing> rings = new ArrayList<>();
        // When
        for (int cycle = 0; cycle < 500; cycle++) {
            videos.use("gate", use(true));
            KeptVideo video = videos.find("gate").orElseThrow();
            rings.add(video.ring());
            send(video.tap());
            assertThat(video.ring().reserved()).isPositive();
            videos.remove("gate");
        }
        // Then
        assertThat(rings).doesNotHaveDuplicates().allSatisfy(ring -> assertThat(ring.reserved())
                .isZero());
        assertThat(videos.all()).isEmpty();
    }

    @Test
    void shouldKeepNothingWhenClipsAreSwitchedOffAndAgainWhenOn() {
        videos.use("gate", use(true));
        KeptVideo video = videos.find("gate").orElseThrow();
        send(video.tap());

        videos.use("gate", use(false));
        assertThat(video.ring().reserved()).isZero();
        assertThat(video.tap().wants()).isFalse();
        videos.use("gate", use(true));
        send(video.tap());

        assertThat(video.ring().reserved()).isPositive();
    }

    @Test
    void shouldKeepNothingForAViewerWhoLeavesAfterTheCamera() {
        // Given
        videos.use("gate", use(true));
        KeptVideo video = videos.find("gate").orElseThrow();
        KeptVideo.Viewer viewer = video.watch();
        send(video.tap());
        var reader = viewer.read().orElseThrow();
        // When
        videos.remove("gate");
        viewer.close();
        send(video.tap()); // a reader that was slow to end
        // Then
        assertThat(reader.isOver()).isTrue();
        assertThat(video.ring().reserved()).isZero();
    }

    @Test
    void shouldTellOfCamerasWhosePicturesAreCovered() {
        videos.use("gate", use(true));
        assertThat(covered).isEmpty();

        videos.use("gate", new KeptVideo.Use(use(true).clips(), true, true));

        assertThat(covered).containsExactly("gate");
    }

    private static KeptVideo.Use use(boolean clips) {
        var settings =
                new ClipSettings(clips, Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(30), 16 << 20);
        return new KeptVideo.Use(settings, false, true);
    }

    private static void send(PacketTap tap) {
        tap.format(FORMAT);
        for (int number = 0; number < 10; number++) {
            long time = number * 100_000_000L;
            tap.packet(new EncodedPacket(new byte[SIZE], time, time, number == 0, NOON.plusNanos(time)));
        }
    }
}
