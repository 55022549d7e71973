package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an image is complete; the clock stands still unless the test moves it. */
class IncomingImagesTest {
    private static final long SETTLED = IncomingImages.SETTLED.toNanos();

    @TempDir
    Path folder;

    private final Instant now = Instant.parse("2026-11-21T10:15:00Z");
    private IncomingImages images;
    private SeenImages seen;
    private long nanos;

    @BeforeEach
    void watch() throws Exception {
        seen = new SeenImages(Optional.empty());
        images = new IncomingImages(folder, seen);
    }

    private Optional<String> next(long later) throws Exception {
        nanos += later;
        return images.next(nanos, now).map(IncomingImages.Image::name);
    }

    private void write(String name, String more, Instant at) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    @Test
    void shouldWaitUntilAnImageIsNotWrittenAnyMore() throws Exception {
        write("a.jpg", "one", now);
        assertThat(next(0)).isEmpty();
        assertThat(next(SETTLED / 2)).isEmpty();
        write("a.jpg", " and two", now.plusMillis(500));
        assertThat(next(SETTLED / 2)).isEmpty();
        assertThat(next(SETTLED / 2)).isEmpty();
        assertThat(next(SETTLED / 2)).contains("a.jpg");
        assertThat(next(SETTLED)).isEmpty();
    }

    @Test
    void shouldTakeAnOldImageAtOnce() throws Exception {
        write("moved-in.jpg", "x", now.minus(Duration.ofHours(1)));
        assertThat(next(0)).contains("moved-in.jpg");
    }

    @Test
    void shouldNotTakeAnEmptyFile() throws Exception {
        write("a.jpg", "", now.minus(Duration.ofHours(1)));
        assertThat(next(0)).isEmpty();
        assertThat(next(SETTLED)).isEmpty();
        write("a.jpg", "x", now.minus(Duration.ofMinutes(30)));
        assertThat(next(IncomingImages.COMPLETELY.toNanos())).contains("a.jpg");
    }

    @Test
    void shouldNoticeAnImageThatIsWrittenOver() throws Exception {
        write("snapshot.jpg", "x", now.minus(Duration.ofHours(1)));
        var image = images.next(nanos, now).orElseThrow();
        seen.add(image.name(), image.stamp());
        assertThat(next(IncomingImages.COMPLETELY.toNanos())).isEmpty();

        write("snapshot.jpg", "y", now.minus(Duration.ofMinutes(1)));

        assertThat(next(IncomingImages.COMPLETELY.toNanos())).contains("snapshot.jpg");
    }

    @Test
    void shouldForgetAnImageThatIsTakenAwayWhileItIsWritten() throws Exception {
        write("a.jpg", "x", now);
        assertThat(next(0)).isEmpty();
        Files.delete(folder.resolve("a.jpg"));
        assertThat(next(SETTLED)).isEmpty();
        assertThat(next(SETTLED)).isEmpty();
    }
}
