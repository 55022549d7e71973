package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures with alpha, grey ones, ones with a palette, of 8 and 16 bits: the colours are right, and alpha is nothing. */
@Timeout(60)
class PixelFormatsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of ITU-R BT.601 in limited range: brightness and both colour differences. */
    private static final int[] RED = {81, 90, 240};

    private static final int[] BLUE = {41, 240, 110};

    /** What red and blue are without their colours. */
    private static final int[] DARK_GREY = {81, 128, 128};

    private static final int[] DARKER_GREY = {41, 128, 128};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "qtrle, argb, mov",
        "qtrle, rgb24, mov",
        "png, rgba, mov",
        "png, rgba64be, mov",
        "png, pal8, mov",
        "ffv1, yuva420p, mkv",
        "ffv1, yuva444p, mkv",
        "ffv1, bgra, mkv",
        "ffv1, yuv422p, mkv",
        "prores_ks, yuva444p10le, mov"
    })
    void shouldReadColoursAndIgnoreAlpha(String codec, String pixels, String container) throws Exception {
        Path file = ColourVideo.video(folder.resolve("a." + container), codec, pixels, 67, 45);

        for (Read picture : readAll(file)) {
            assertColours(picture, RED, BLUE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "png, gray, mov",
        "png, gray16be, mov",
        "png, ya8, mov",
        "png, ya16be, mov",
        "ffv1, gray, mkv",
        "ffv1, gray16le, mkv"
    })
    void shouldReadGrey(String codec, String pixels, String container) throws Exception {
        Path file = ColourVideo.video(folder.resolve("a." + container), codec, pixels, 67, 45);

        for (Read picture : readAll(file)) {
            assertColours(picture, DARK_GREY, DARKER_GREY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        BufferedImage.TYPE_INT_ARGB + ", png",
        BufferedImage.TYPE_INT_RGB + ", png",
        BufferedImage.TYPE_BYTE_INDEXED + ", png",
        BufferedImage.TYPE_INT_RGB + ", jpg",
        BufferedImage.TYPE_INT_RGB + ", bmp",
        BufferedImage.TYPE_INT_ARGB + ", tiff"
    })
    void shouldReadImagesAndIgnoreAlpha(int type, String format) throws Exception {
        ColourVideo.image(folder.resolve("a." + format), type, format, 67, 45);

        assertThat(readAll(folder)).singleElement().satisfies(picture -> assertColours(picture, RED, BLUE));
    }

    @ParameterizedTest
    @CsvSource({
        BufferedImage.TYPE_BYTE_GRAY + ", png",
        BufferedImage.TYPE_USHORT_GRAY + ", png",
        BufferedImage.TYPE_BYTE_GRAY + ", jpg",
        BufferedImage.TYPE_BYTE_GRAY + ", tiff"
    })
    void shouldReadGreyImages(int type, String format) throws Exception {
        ColourVideo.image(folder.resolve("a." + format), type, format, 67, 45);

        assertThat(readAll(folder)).singleElement().satisfies(picture -> {
            assertThat(picture.at(10, 10)[1]).isCloseTo(128, within(2));
            assertThat(picture.at(10, 10)[0]).isBetween(16, 130);
            assertThat(picture.at(10, 40)[0]).isEqualTo(picture.at(10, 10)[0]);
        });
    }

    /** One pixel, very long, very high, odd. */
    @ParameterizedTest
    @CsvSource({"1, 1", "16383, 2", "2, 16383", "333, 517"})
    void shouldReadImagesOfAnySizeInEveryFormat(int width, int height) throws Exception {
        int[] types = {
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_INDEXED
        };
        for (int type : types) {
            ColourVideo.image(folder.resolve("type-" + type + ".png"), type, "png", width, height);
        }

        var pictures = readAll(folder);

        assertThat(pictures).hasSize(types.length).allSatisfy(picture -> {
            assertThat(picture.width).isEqualTo(width);
            assertThat(picture.height).isEqualTo(height);
            assertThat(picture.at(0, 0)[0]).isBetween(16, 235);
        });
    }

    /** Grey and coloured JPEGs by turns, each pair of another size. */
    @Test
    void shouldFollowAStreamThatChangesItsFormatAndItsSize() throws Exception {
        // Given
        var stream = new ByteArrayOutputStream();
        int[][] sizes = {{64, 48}, {81, 45}, {33, 77}};
        for (int[] size : sizes) {
            for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
                Path jpeg = folder.resolve("one.jpg");
                ColourVideo.image(jpeg, type, "jpg", size[0], size[1]);
                stream.writeBytes(Files.readAllBytes(jpeg));
            }
        }

        // When
        var pictures = readAll(Files.write(folder.resolve("changing.mjpeg"), stream.toByteArray()));

        // Then
        assertThat(pictures).hasSize(6);
        for (int i = 0; i < 6; i++) {
            Read picture = pictures.get(i);
            assertThat(picture.width).isEqualTo(sizes[i / 2][0]);
            if (i % 2 == 0) {
                assertColours(picture, RED, BLUE);
            } else {
                assertThat(picture.at(5, 5)[1]).isCloseTo(128, within(2));
                assertThat(picture.at(5, 5)[2]).isCloseTo(128, within(2));
            }
        }
    }

    /** A picture in a device's memory that cannot be fetched, after ones that were converted. */
    @Test
    void shouldGoOnAfterAFormatThatCannotBeConverted() {
        var i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(64, 48));
        AVFrame good = ColourVideo.frame(AV_PIX_FMT_RGBA, 64, 48);
        AVFrame bad = ColourVideo.frame(AV_PIX_FMT_RGBA, 64, 48).format(AV_PIX_FMT_VAAPI);
        try (var copy = new I420Copy()) {
            copy.copy(good, i420);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> copy.copy(bad, i420)).hasMessageContaining("no conversion");
            }
            i420.put(0, (byte) 0);

            copy.copy(good, i420);

            assertThat(i420.get(0) & 255).isCloseTo(RED[0], within(2));
        } finally {
            av_frame_free(good);
            av_frame_free(bad);
        }
    }

    /** FFmpeg itself refuses the memory: nothing half made is left behind. */
    @Test
    void shouldGoOnWhenFfmpegHadNoMemory() {
        var i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(640, 480));
        AVFrame frame = ColourVideo.frame(AV_PIX_FMT_RGBA, 640, 480);
        try (var copy = new I420Copy()) {
            av_max_alloc(100_000);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> copy.copy(frame, i420))
                        .isInstanceOf(OutOfMemoryError.class)
                        .hasMessageContaining("640x480");
            }
            av_max_alloc(Integer.MAX_VALUE);

            copy.copy(frame, i420);

            assertThat(i420.get(0) & 255).isCloseTo(RED[0], within(2));
        } finally {
            av_max_alloc(FfmpegInput.LARGEST_ALLOCATION);
            av_frame_free(frame);
        }
    }

    /** Above, where the picture is opaque, and below, where it is not. */
    private static void assertColours(Read picture, int[] left, int[] right) {
        int x = picture.width / 4;
        int y = picture.height / 4;
        for (int row : new int[] {y, picture.height - 1 - y}) {
            assertColour(picture, x, row, left);
            assertColour(picture, picture.width - 1 - x, row, right);
        }
    }

    private static void assertColour(Read picture, int x, int y, int[] expected) {
        int[] found = picture.at(x, y);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as("plane %d at %d, %d", i, x, y).isCloseTo(expected[i], within(4));
        }
    }

    private static List<Read> readAll(Path input) throws VideoException {
        var pictures = new ArrayList<Read>();
        try (var source = VideoSources.open(VideoSettings.of("test", "file:" + input), Clock.systemUTC())) {
            while (true) {
                VideoSource.Picture picture = source.next(PATIENCE).orElseThrow();
                var i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(picture.width(), picture.height()));
                picture.copyTo(i420);
                pictures.add(new Read(picture.width(), picture.height(), i420));
            }
        } catch (EndOfVideoException end) {
            return pictures;
        }
    }

    private record Read(int width, int height, ByteBuffer i420) {
        /** Brightness and both colour differences. */
        int[] at(int x, int y) {
            int across = (width + 1) / 2;
            int chroma = across * ((height + 1) / 2);
            int at = width * height + y / 2 * across + x / 2;
            return new int[] {i420.get(y * width + x) & 255, i420.get(at) & 255, i420.get(at + chroma) & 255};
        }
    }
}
