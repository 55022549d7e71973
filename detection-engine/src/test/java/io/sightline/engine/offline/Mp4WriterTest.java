package io.sightline.engine.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class Mp4WriterTest {
    private static final int GREY = 60;
    private static final int RATE = 10;
    private static final Track WALKER =
            new Track(7, "person", 0.91, new BoundingBox(40, 30, 30, 40), true, Instant.EPOCH);

    @TempDir
    Path folder;

    /** Also a size that only the second encoder takes. */
    @ParameterizedTest
    @CsvSource({"160, 120, 160, 120, h264", "161, 99, 162, 100, h264", "12, 10, 12, 10, mpeg4"})
    void shouldBeReadBackWithEveryPictureAtItsTime(int width, int height, int readWidth, int readHeight, String codec)
            throws Exception {
        Path file = folder.resolve("out.mp4");

        write(file, new StreamInfo("test", width, height, RATE, 0), 25, List.of());

        try (var source = VideoSources.open(VideoSettings.of("test", "file:" + file), Clock.systemUTC())) {
            assertThat(source.stream()).isEqualTo(new StreamInfo(codec, readWidth, readHeight, RATE, 25));
            var pictures = read(source);
            assertThat(pictures).hasSize(25);
            assertThat(pictures.get(24).time).isEqualTo(Duration.ofMillis(2400));
            assertThat(pictures.get(24).luma[0] & 0xff).isCloseTo(GREY, within(3));
        }
    }

    @Test
    void shouldDrawBoxAndLabel() throws Exception {
        Path file = folder.resolve("out.mp4");

        write(file, new StreamInfo("test", 160, 120, RATE, 0), 5, List.of(WALKER));

        try (var source = VideoSources.open(VideoSettings.of("test", "file:" + file), Clock.systemUTC())) {
            byte[] luma = read(source).get(4).luma;
            assertThat(brightness(luma, 40, 50)).as("left edge").isGreaterThan(GREY + 30);
            assertThat(brightness(luma, 70, 50)).as("right edge").isGreaterThan(GREY + 30);
            assertThat(brightness(luma, 55, 70)).as("lower edge").isGreaterThan(GREY + 30);
            assertThat(brightness(luma, 44, 16)).as("ground of the label").isGreaterThan(GREY + 30);
            assertThat(brightness(luma, 55, 50)).as("inside the box").isCloseTo(GREY, within(8));
        }
    }

    /** From twice as wide as high to twice as high as wide: the picture is stretched, and the box with it. */
    @Test
    void shouldDrawBoxesWhereTheyAreAlsoAfterTheShapeChanges() throws Exception {
        // Given
        Path file = folder.resolve("out.mp4");
        var wide = new StreamInfo("test", 160, 80, RATE, 0);
        var high = new StreamInfo("test", 80, 160, RATE, 0);
        var walker = new Track(7, "person", 0.91, new BoundingBox(20, 80, 40, 60), true, Instant.EPOCH);

        // When
        try (var writer = new Mp4Writer(file, wide);
                Frame before = grey(pool(wide), wide, 0);
                Frame after = grey(pool(high), high, 1)) {
            writer.write(before, List.of());
            writer.write(after, List.of(walker));
        }

        // Then: 20 to 60 of 80 across, 80 to 140 of 160 down
        try (var source = VideoSources.open(VideoSettings.of("test", "file:" + file), Clock.systemUTC())) {
            byte[] luma = read(source).get(1).luma;
            assertThat(brightness(luma, 40, 60)).as("left edge").isGreaterThan(GREY + 30);
            assertThat(brightness(luma, 120, 60)).as("right edge").isGreaterThan(GREY + 30);
            assertThat(brightness(luma, 80, 70)).as("lower edge").isGreaterThan(GREY + 30);
            assertThat(brightness(luma, 80, 55)).as("inside the box").isCloseTo(GREY, within(8));
            assertThat(brightness(luma, 20, 60)).as("beside the box").isCloseTo(GREY, within(8));
        }
    }

    @Test
    void shouldStartBeforeAllOfItIsLoaded() throws Exception {
        Path file = folder.resolve("out.mp4");

        write(file, new StreamInfo("test", 160, 120, 0, 0), 3, List.of());

        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov")).isPositive().isLessThan(bytes.indexOf("mdat"));
    }

    @Test
    void shouldSayWhyAFileCannotBeWritten() {
        Path file = folder.resolve("missing").resolve("out.mp4");

        assertThatThrownBy(() -> new Mp4Writer(file, new StreamInfo("test", 160, 120, RATE, 0)))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": cannot be written: no such file or directory");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFailWhenTheDiskIsFull() {
        assertThatThrownBy(() -> write(Path.of("/dev/full"), new StreamInfo("test", 320, 240, RATE, 0), 50, List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/full: cannot be written: no space left on device");
    }

    @Test
    void shouldGiveBackItsMemoryAlsoWhenItFails() throws Exception {
        var large = new StreamInfo("test", 1280, 720, RATE, 0);
        Path nowhere = folder.resolve("missing").resolve("out.mp4");
        var growth = new ArrayList<Long>();

        try (Frame frame = grey(pool(large), large, 0)) {
            for (int round = 0; round < 4; round++) {
                long before = Pointer.physicalBytes();
                for (int i = 0; i < 8; i++) {
                    assertThatThrownBy(() -> new Mp4Writer(nowhere, large)).isInstanceOf(IOException.class);
                    try (var writer = new Mp4Writer(folder.resolve("out.mp4"), large)) {
                        writer.write(frame, List.of(WALKER));
                    }
                }
                growth.add(Pointer.physicalBytes() - before);
            }
        }

        assertThat(growth).as("least growth").anyMatch(bytes -> bytes < 8 << 20);
    }

    private static void write(Path file, StreamInfo stream, int frames, List<Track> tracks) throws IOException {
        var pool = pool(stream);
        try (var writer = new Mp4Writer(file, stream)) {
            for (int i = 0; i < frames; i++) {
                try (Frame frame = grey(pool, stream, i)) {
                    writer.write(frame, tracks);
                }
            }
        }
    }

    private static FramePool pool(StreamInfo stream) {
        return new FramePool(1, FrameInfo.bytes(stream.width(), stream.height()));
    }

    private static Frame grey(FramePool pool, StreamInfo stream, int number) {
        var slot = pool.lease().orElseThrow();
        var info = new FrameInfo(
                "test", number + 1, Instant.EPOCH.plusMillis(number * 1000L / RATE), stream.width(), stream.height());
        ByteBuffer memory = slot.memory();
        int luma = info.width() * info.height();
        for (int i = 0; i < info.bytes(); i++) {
            memory.put(i, (byte) (i < luma ? GREY : 128));
        }
        return slot.publish(info);
    }

    private static List<Read> read(VideoSource source) throws VideoException {
        var pictures = new ArrayList<Read>();
        int bytes = FrameInfo.bytes(source.stream().width(), source.stream().height());
        var i420 = ByteBuffer.allocateDirect(bytes);
        try {
            while (true) {
                source.next(Duration.ofSeconds(5)).ifPresent(picture -> {
                    picture.copyTo(i420);
                    var luma = new byte[picture.width() * picture.height()];
                    i420.get(0, luma);
                    pictures.add(new Read(picture.mediaTime(), luma));
                });
            }
        } catch (EndOfVideoException end) {
            return pictures;
        }
    }

    private static int brightness(byte[] luma, int x, int y) {
        return luma[y * 160 + x] & 0xff;
    }

    private record Read(Duration time, byte[] luma) {}
}
