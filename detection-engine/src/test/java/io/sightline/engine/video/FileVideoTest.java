package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.video.VideoException.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileVideoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void shouldGiveEveryPictureOnceInOrder() throws Exception {
        // Given
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 12);

        // When
        List<Integer> lumas = new ArrayList<>();
        List<Duration> times = new ArrayList<>();
        try (VideoSource source = open(file)) {
            assertThat(source.stream().width()).isEqualTo(64);
            assertThat(source.stream().height()).isEqualTo(48);
            assertThat(source.stream().codec()).isEqualTo("mpeg4");
            assertThat(source.stream().frames()).isEqualTo(12);
            readAll(source, lumas, times);
        }

        // Then
        assertThat(lumas).hasSize(12);
        for (int i = 0; i < 12; i++) {
            assertThat(lumas.get(i)).isCloseTo(TestVideo.luma(i), within(3));
            assertThat(times.get(i).toMillis()).isEqualTo(i * 40L);
        }
    }

    @Test
    void shouldReadPicturesOfOddSize() throws Exception {
        Path file = TestVideo.grey(folder.resolve("odd.avi"), 63, 47, 3);
        try (VideoSource source = open(file)) {
            ByteBuffer i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(63, 47));
            source.next(PATIENCE).orElseThrow().copyTo(i420);
            assertThat(i420.get(FrameInfo.bytes(63, 47) - 1) & 255).isCloseTo(128, within(3));
        }
    }

    @Test
    void shouldPlayAgainWhenLoopingWithGrowingTimes() throws Exception {
        Path file = TestVideo.grey(folder.resolve("a.mkv"), 64, 48, 5);
        VideoSettings settings = settings(file).playing(true, false);
        Duration last = Duration.ofMillis(-1);
        try (VideoSource source = VideoSources.open(settings, Clock.systemUTC())) {
            for (int i = 0; i < 17; i++) {
                Duration time = source.next(PATIENCE).orElseThrow().mediaTime();
                assertThat(time).isGreaterThan(last);
                last = time;
            }
        }
        assertThat(last.toMillis()).isEqualTo(16 * 40);
    }

    @Test
    void shouldKeepItsOwnSpeedAndAnswerEmptyUntilAPictureIsDue() throws Exception {
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 10);
        long before = System.nanoTime();
        int empty = 0;
        try (VideoSource source = VideoSources.open(settings(file).playing(false, true), Clock.systemUTC())) {
            for (int pictures = 0; pictures < 10; ) {
                Optional<VideoSource.Picture> next = source.next(Duration.ofMillis(10));
                pictures += next.isPresent() ? 1 : 0;
                empty += next.isPresent() ? 0 : 1;
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(350));
        assertThat(empty).isPositive();
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws Exception {
        // Given
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video\n".repeat(50));
        Path whole = TestVideo.grey(folder.resolve("whole.mp4"), 64, 48, 30);
        Path cut = Files.write(folder.resolve("cut.mp4"), half(whole));
        Path sound = TestVideo.soundOnly(folder.resolve("sound.wav"));

        // When, Then
        assertThat(reasonFor(folder.resolve("missing.mp4"))).isEqualTo(Cause.NOT_FOUND);
        assertThat(reasonFor(empty)).isEqualTo(Cause.UNREADABLE);
        assertThat(reasonFor(text)).isEqualTo(Cause.UNREADABLE);
        assertThat(reasonFor(cut)).isEqualTo(Cause.UNREADABLE);
        assertThat(reasonFor(sound)).isEqualTo(Cause.NO_VIDEO);
        assertThat(reasonFor(Files.createDirectory(folder.resolve("nothing")))).isEqualTo(Cause.NO_VIDEO);
    }

    @Test
    void shouldGiveWhatATruncatedStreamStillHolds() throws Exception {
        Path whole = TestVideo.grey(folder.resolve("whole.avi"), 320, 240, 40);
        Path cut = Files.write(folder.resolve("cut.avi"), half(whole));
        List<Integer> lumas = new ArrayList<>();
        try (VideoSource source = open(cut)) {
            readAll(source, lumas, new ArrayList<>());
        }
        assertThat(lumas).hasSizeBetween(5, 35);
    }

    @Test
    void shouldSkipAndCountBrokenPackets() throws Exception {
        // Given
        Path file = TestVideo.grey(folder.resolve("a.avi"), 320, 240, 40);
        byte[] bytes = Files.readAllBytes(file);
        wipePackets(bytes, 10, 20);
        Files.write(file, bytes);

        // When
        List<Integer> lumas = new ArrayList<>();
        try (VideoSource source = open(file)) {
            readAll(source, lumas, new ArrayList<>());

            // Then
            assertThat(lumas).hasSizeGreaterThan(8);
            assertThat(source.broken()).isPositive();
        }
    }

    @Test
    void shouldReadAFolderOfImagesAndSkipWhatIsNone() throws Exception {
        // Given
        for (int i = 0; i < 4; i++) {
            Files.write(folder.resolve("%02d.jpg".formatted(i)), TestFrames.jpeg(64, 48, 60 + 20 * i));
        }
        Files.writeString(folder.resolve("01b.png"), "no picture");
        Files.writeString(folder.resolve("notes.txt"), "not looked at");

        // When
        List<Integer> lumas = new ArrayList<>();
        try (VideoSource source = open(folder)) {
            readAll(source, lumas, new ArrayList<>());
            assertThat(source.broken()).isEqualTo(1);
        }

        // Then
        assertThat(lumas).hasSize(4).isSorted();
        assertThat(lumas.get(0)).isCloseTo(60, within(4));
    }

    @Test
    void shouldGiveEachImageItsOwnSize() throws Exception {
        Files.write(folder.resolve("a.jpg"), TestFrames.jpeg(64, 48, 100));
        Files.write(folder.resolve("b.jpg"), TestFrames.jpeg(80, 48, 100));
        try (VideoSource source = open(folder)) {
            var sizes = new ArrayList<String>();
            for (int i = 0; i < 2; i++) {
                var picture = source.next(PATIENCE).orElseThrow();
                picture.copyTo(ByteBuffer.allocateDirect(FrameInfo.bytes(picture.width(), picture.height())));
                sizes.add(picture.width() + "x" + picture.height());
            }
            assertThat(sizes).containsExactly("64x48", "80x48");
        }
    }

    @Test
    void shouldEndAWaitingReaderWhenClosedByAnotherThreadAndAllowClosingTwice() throws Exception {
        // Given
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 3);
        VideoSource source = VideoSources.open(settings(file).playing(true, true), Clock.systemUTC());
        var failure = new AtomicReference<Exception>();
        var reading = new CountDownLatch(3);
        var reader = new Thread(() -> {
            try {
                while (true) {
                    source.next(Duration.ofMinutes(1));
                    reading.countDown();
                }
            } catch (VideoException e) {
                failure.set(e);
            }
        });
        reader.start();
        reading.await();

        // When
        source.close();
        source.close();

        // Then
        reader.join(2000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(failure.get()).hasMessageContaining("was closed");
    }

    @Test
    void shouldRefuseToCopyAPictureOfAClosedSource() throws Exception {
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 3);
        VideoSource source = open(file);
        VideoSource.Picture picture = source.next(PATIENCE).orElseThrow();
        source.close();
        assertThatThrownBy(() -> picture.copyTo(ByteBuffer.allocateDirect(FrameInfo.bytes(64, 48))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> source.next(PATIENCE)).isInstanceOf(VideoException.class);
    }

    @Test
    void shouldRefuseATooSmallBuffer() throws Exception {
        Path file = TestVideo.grey(folder.resolve("a.mp4"), 64, 48, 3);
        try (VideoSource source = open(file)) {
            VideoSource.Picture picture = source.next(PATIENCE).orElseThrow();
            assertThatThrownBy(() -> picture.copyTo(ByteBuffer.allocateDirect(100)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4608");
        }
    }

    /** Fills the data of some packets of an AVI file with zeros. */
    private static void wipePackets(byte[] avi, int from, int to) {
        int packet = 0;
        for (int i = 0; i < avi.length - 8; i++) {
            if (avi[i] == '0' && avi[i + 1] == '0' && avi[i + 2] == 'd' && avi[i + 3] == 'c') {
                int length = ByteBuffer.wrap(avi, i + 4, 4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt();
                if (packet >= from && packet < to) {
                    Arrays.fill(avi, i + 8, i + 8 + length, (byte) 0);
                }
                packet++;
                i += length;
            }
        }
    }

    private static byte[] half(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static Cause reasonFor(Path file) {
        VideoException failure =
                catchThrowableOfType(VideoException.class, () -> open(file).close());
        assertThat(failure).hasMessageContaining("camera test").hasMessageContaining(file.toString());
        return failure.reason();
    }

    private static VideoSettings settings(Path file) {
        return VideoSettings.of("camera test", "file:" + file);
    }

    private static VideoSource open(Path file) throws VideoException {
        return VideoSources.open(settings(file), Clock.systemUTC());
    }

    private static void readAll(VideoSource source, List<Integer> lumas, List<Duration> times) throws VideoException {
        StreamInfo info = source.stream();
        ByteBuffer i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(info.width(), info.height()));
        try {
            while (true) {
                VideoSource.Picture picture = source.next(PATIENCE).orElseThrow();
                picture.copyTo(i420);
                lumas.add(i420.get(info.width() * info.height() / 2 + info.width() / 2) & 255);
                times.add(picture.mediaTime());
            }
        } catch (EndOfVideoException e) {
            assertThat(e.reason()).isEqualTo(Cause.ENDED);
        }
    }
}
