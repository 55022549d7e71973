package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Frames;
import io.sightline.engine.video.VideoSettings.Hardware;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FewerPicturesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FRAMES = 48;

    @TempDir
    Path folder;

    @Test
    void shouldGiveTheVerySamePicturesWithoutThoseThatNoOtherNeeds() throws Exception {
        // Given
        Path file = TestVideo.withSpareFrames(folder.resolve("spare.mp4"), FRAMES);

        // When
        Map<Duration, ByteBuffer> all = pictures(file, decode(Frames.ALL));
        Map<Duration, ByteBuffer> reference = pictures(file, decode(Frames.REFERENCE));

        // Then
        assertThat(all).hasSize(FRAMES);
        assertThat(reference).hasSizeBetween(FRAMES / 4, FRAMES / 2);
        assertThat(all).containsAllEntriesOf(reference);
    }

    @Test
    void shouldGiveKeyPicturesOnlyAndCountAllPackets() throws Exception {
        // Given
        Path file = TestVideo.withSpareFrames(folder.resolve("spare.mp4"), FRAMES);

        // When
        try (VideoSource source = open(file, decode(Frames.KEY))) {
            Map<Duration, ByteBuffer> key = pictures(source);

            // Then
            assertThat(key).hasSizeBetween(FRAMES / 12, FRAMES / 12 + 1);
            assertThat(source.packets()).isEqualTo(FRAMES);
            assertThat(source.broken()).isZero();
        }
        assertThat(pictures(file, decode(Frames.ALL))).containsAllEntriesOf(pictures(file, decode(Frames.KEY)));
    }

    @Test
    void shouldStopDecodingSparePicturesByItself() throws Exception {
        // Given: 25 per second, 4 wanted, 8 left
        Path file = TestVideo.withSpareFrames(folder.resolve("spare.mp4"), 240);

        // When
        int pictures =
                pictures(file, new Decode(Frames.AUTO, 4, 1, 1, Hardware.NONE)).size();

        // Then
        assertThat(pictures).isBetween(50 + 190 / 4, 120);
    }

    @Test
    void shouldDecodeSmallerPicturesWhereTheCodecCan() throws Exception {
        // Given
        Path file = TestVideo.jpeg(folder.resolve("jpeg.avi"), 130, 98, 3);

        // When
        try (VideoSource source = open(file, new Decode(Frames.ALL, 0, 2, 1, Hardware.NONE))) {
            // Then
            assertThat(source.stream().width()).isEqualTo(65);
            assertThat(source.stream().height()).isEqualTo(49);
            assertThat(pictures(source)).hasSize(3);
        }
    }

    @Test
    void shouldDecodeWithTheProcessorAndSaySoWhereADeviceIsMissing() throws Exception {
        // Given: no FFmpeg for Linux decodes with this one
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 5);

        // When
        try (VideoSource source = open(file, new Decode(Frames.ALL, 0, 1, 1, Hardware.D3D11VA))) {
            int pictures = pictures(source).size();

            // Then
            assertThat(pictures).isEqualTo(5);
            if (!System.getProperty("os.name").startsWith("Windows")) {
                VideoSource.Warning warning = source.warning().orElseThrow();
                assertThat(warning.code()).isEqualTo("NO_HARDWARE");
                assertThat(warning.sentence()).contains("decoded by the processor", "d3d11va", "hardware: auto");
            }
        }
    }

    @Test
    void shouldSayNothingWhereAnyDeviceWouldDo() throws Exception {
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 5);
        try (VideoSource source = open(file, new Decode(Frames.ALL, 0, 1, 1, Hardware.AUTO))) {
            assertThat(pictures(source)).hasSize(5);
            assertThat(source.warning()).isEmpty();
        }
    }

    @Test
    void shouldGiveEveryPictureWithSeveralThreads() throws Exception {
        Path file = TestVideo.withSpareFrames(folder.resolve("spare.mp4"), FRAMES);
        assertThat(pictures(file, new Decode(Frames.ALL, 0, 1, 3, Hardware.NONE)))
                .isEqualTo(pictures(file, Decode.EVERYTHING));
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> new Decode(Frames.ALL, 0, 3, 1, Hardware.NONE))
                .hasMessageContaining("shrink 3, allowed are 1, 2, 4 and 8");
        assertThatThrownBy(() -> new Decode(Frames.ALL, -1, 1, 0, Hardware.NONE))
                .hasMessageContaining("framesPerSecond -1.0 and threads 0");
    }

    private static Decode decode(Frames frames) {
        return new Decode(frames, 0, 1, 1, Hardware.NONE);
    }

    private static VideoSource open(Path file, Decode decode) throws VideoException {
        return VideoSources.open(VideoSettings.of("test", "file:" + file).with(decode), Clock.systemUTC());
    }

    private static Map<Duration, ByteBuffer> pictures(Path file, Decode decode) throws VideoException {
        try (VideoSource source = open(file, decode)) {
            return pictures(source);
        }
    }

    private static Map<Duration, ByteBuffer> pictures(VideoSource source) throws VideoException {
        var pictures = new LinkedHashMap<Duration, ByteBuffer>();
        while (true) {
            try {
                Optional<VideoSource.Picture> next = source.next(PATIENCE);
                VideoSource.Picture picture = next.orElseThrow();
                var pixels = ByteBuffer.allocateDirect(FrameInfo.bytes(picture.width(), picture.height()));
                picture.copyTo(pixels);
                pictures.put(picture.mediaTime(), pixels);
            } catch (EndOfVideoException e) {
                return pictures;
            }
        }
    }
}
