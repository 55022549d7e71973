package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.video.VideoException.Cause;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchedFolderTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path home;

    private Path folder;
    private Path memory;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(home.resolve("in"));
        memory = home.resolve("data/camera one.seen");
    }

    private VideoSource open(String done) throws VideoException {
        String address = "folder:" + folder + "?done=" + done + "&memory="
                + URLEncoder.encode(memory.toString(), StandardCharsets.UTF_8);
        return VideoSources.open(VideoSettings.of("test", address), Clock.systemUTC());
    }

    /** As if it had been moved in: written a while ago. */
    private void bring(String name, int luma, int age) throws IOException {
        Path file = Files.write(folder.resolve(name), TestFrames.jpeg(64 + 2 * luma, 48, luma));
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.minusSeconds(age)));
    }

    private static List<Integer> lumas(VideoSource source) throws VideoException {
        var lumas = new ArrayList<Integer>();
        Optional<VideoSource.Picture> next = source.next(NONE);
        while (next.isPresent()) {
            VideoSource.Picture picture = next.get();
            var i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(picture.width(), picture.height()));
            picture.copyTo(i420);
            lumas.add((i420.get(0) & 255) + 2 >> 2 << 2);
            next = source.next(NONE);
        }
        return lumas;
    }

    @Test
    void shouldGiveEachImageOnceTheOldestFirstWhateverItsSize() throws Exception {
        // Given
        bring("b.jpg", 80, 100);
        bring("a.jpg", 120, 100);
        bring("0.jpg", 100, 50);
        Files.writeString(folder.resolve(".hidden.jpg"), "half");
        Files.writeString(folder.resolve("notes.txt"), "nothing");
        Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("a.jpg"));

        // When, Then
        try (VideoSource source = open("keep")) {
            VideoSource.Picture first = source.next(NONE).orElseThrow();
            assertThat(first.width()).isEqualTo(64 + 240);
            assertThat(first.capturedAt()).isEqualTo(LONG_AGO.minusSeconds(100));
            assertThat(lumas(source)).hasSize(2).first().satisfies(luma -> assertThat(luma)
                    .isCloseTo(80, within(4)));
            assertThat(lumas(source)).isEmpty();
        }
        assertThat(folder.resolve("a.jpg")).exists();
    }

    @Test
    void shouldNotGiveAnImageAgainAfterARestart() throws Exception {
        bring("a.jpg", 80, 3);
        bring("b.jpg", 100, 2);
        try (VideoSource source = open("keep")) {
            source.next(NONE).orElseThrow();
            source.next(NONE).orElseThrow();
            // closed before the next one was asked for: b.jpg may not have been looked at
        }
        try (VideoSource source = open("keep")) {
            assertThat(lumas(source)).hasSize(1);
        }
        Files.writeString(memory, Files.readString(memory) + "12 34"); // cut off by a crash

        bring("c.jpg", 120, 1);
        Files.setLastModifiedTime(folder.resolve("a.jpg"), FileTime.from(LONG_AGO)); // another one of the same name

        try (VideoSource source = open("keep")) {
            assertThat(lumas(source)).hasSize(2);
            assertThat(lumas(source)).isEmpty();
        }
        Files.delete(folder.resolve("b.jpg"));
        open("keep").close();
        try (VideoSource source = open("keep")) {
            assertThat(lumas(source)).isEmpty();
        }
        assertThat(Files.readAllLines(memory)).hasSize(2);
    }

    @Test
    void shouldPassOverWhatCannotBeReadForGood() throws Exception {
        Files.writeString(folder.resolve("a.jpg"), "no image");
        Files.setLastModifiedTime(folder.resolve("a.jpg"), FileTime.from(LONG_AGO));
        bring("b.jpg", 80, 0);
        try (VideoSource source = open("keep")) {
            assertThat(lumas(source)).hasSize(1);
            assertThat(source.broken()).isEqualTo(1);
        }
        try (VideoSource source = open("keep")) {
            assertThat(lumas(source)).isEmpty();
            assertThat(source.broken()).isZero();
        }
    }

    /** FFmpeg would take the one for a list of files to open, the other for a pattern. */
    @Test
    void shouldOpenNothingButTheImageThatCameIn() throws Exception {
        // Given
        Files.write(folder.resolve("private.bin"), TestFrames.jpeg(128, 48, 200));
        Files.writeString(folder.resolve("list.jpg"), "ffconcat version 1.0\nfile private.bin\n");
        Files.setLastModifiedTime(folder.resolve("list.jpg"), FileTime.from(LONG_AGO));
        bring("p%d.jpg", 80, 2);
        bring("p0.jpg", 120, 1);
        // When
        List<Integer> widths = new ArrayList<>();
        try (VideoSource source = open("keep")) {
            source.next(NONE).ifPresent(picture -> widths.add(picture.width()));
            source.next(NONE).ifPresent(picture -> widths.add(picture.width()));
            // Then
            assertThat(source.next(NONE)).isEmpty();
            assertThat(source.broken()).isEqualTo(1);
        }
        assertThat(widths).containsExactly(64 + 160, 64 + 240);
    }

    @Test
    void shouldReadWhatItHoldsWhateverItsEnding() throws Exception {
        for (String format : List.of("png", "bmp", "tiff")) {
            Path file = folder.resolve(format + ".jpg");
            assertThat(ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), format, file.toFile()))
                    .isTrue();
            Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        }
        try (VideoSource source = open("keep")) {
            assertThat(lumas(source)).hasSize(3);
            assertThat(source.broken()).isZero();
        }
    }

    @Test
    void shouldMoveWhatWasLookedAt() throws Exception {
        bring("a.jpg", 80, 0);
        Files.createDirectories(folder.resolve("done"));
        Files.writeString(folder.resolve("done/a.jpg"), "of yesterday");
        Files.writeString(folder.resolve("x.png"), "no image");
        Files.setLastModifiedTime(folder.resolve("x.png"), FileTime.from(LONG_AGO));

        try (VideoSource source = open("move")) {
            assertThat(lumas(source)).hasSize(1);
        }

        assertThat(names(folder)).isEmpty();
        assertThat(names(folder.resolve("done"))).containsExactlyInAnyOrder("a.jpg", "a-1.jpg");
        assertThat(names(folder.resolve("broken"))).containsExactly("x.png");
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void shouldSayWhyAFolderCannotBeWatched() throws Exception {
        Files.delete(folder);
        assertThatThrownBy(() -> open("keep"))
                .isInstanceOfSatisfying(
                        VideoException.class, e -> assertThat(e.reason()).isEqualTo(Cause.NOT_FOUND))
                .hasMessage("test: folder:" + folder + ": no such folder");

        Files.createDirectory(folder);
        try (VideoSource source = open("keep")) {
            assertThat(source.next(NONE)).isEmpty();
            Files.delete(folder);
            assertThatThrownBy(() -> source.next(NONE)).isInstanceOf(VideoException.class);
        }
    }

    @Test
    void shouldEndAWaitWhenClosed() throws Exception {
        VideoSource source = open("keep");
        var reader = new Thread(() -> {
            try {
                source.next(Duration.ofMinutes(5));
            } catch (VideoException expected) {
                // that is what closing does
            }
        });
        reader.start();
        source.close();
        reader.join();
        source.close();
        assertThatThrownBy(() -> source.next(NONE)).hasMessageContaining("was closed");
    }
}
