package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.engine.video.VideoException.Cause;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that nobody makes by accident: each ends in an error that says what is wrong, or is survived. */
@Timeout(60)
class HostileVideoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] START = {0, 0, 0, 1};

    @TempDir
    Path folder;

    /** In blocks of 16 pixels: what FFmpeg itself refuses, and what it would take 400 MB for. */
    @ParameterizedTest
    @ValueSource(ints = {4096, 1000})
    void shouldRefuseAHeaderThatTellsOfAnEnormousPicture(int blocks) throws Exception {
        // Given
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < 30; i++) {
            stream.writeBytes(header(blocks));
            stream.writeBytes(pictureParameters());
            stream.writeBytes(brokenPicture());
        }

        // When
        Cause cause = causeFor("huge.h264", stream.toByteArray());

        // Then
        assertThat(cause).isEqualTo(Cause.UNREADABLE);
    }

    @Test
    void shouldRefuseAPictureOfOnePixel() throws Exception {
        Path file = Files.write(folder.resolve("one.mjpeg"), repeated(onePixel(), 5));

        VideoException failure = catchThrowableOfType(VideoException.class, () -> readAll(file));

        assertThat(failure.reason()).isEqualTo(Cause.UNREADABLE);
        assertThat(failure).hasMessageContaining("got pictures of 1x1, allowed are at least 8x8 pixels");
    }

    @Test
    void shouldFollowPicturesThatChangeTheirSize() throws Exception {
        // Given
        var stream = new ByteArrayOutputStream();
        stream.writeBytes(repeated(TestFrames.jpeg(64, 48, 100), 5));
        stream.writeBytes(repeated(TestFrames.jpeg(80, 60, 100), 5));
        stream.writeBytes(repeated(TestFrames.jpeg(32, 24, 100), 5));
        Path file = Files.write(folder.resolve("changing.mjpeg"), stream.toByteArray());

        // When
        List<String> sizes = new ArrayList<>();
        catchThrowableOfType(EndOfVideoException.class, () -> readAll(file, sizes));

        // Then
        assertThat(sizes).hasSize(15).startsWith("64x48").contains("80x60").endsWith("32x24");
    }

    @Test
    void shouldSurviveEmptyUnitsAndAMegabyteOfRemarks() throws Exception {
        // Given
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            stream.writeBytes(START);
        }
        stream.writeBytes(unit(6, new byte[1 << 20]));
        stream.writeBytes(header(4));
        stream.writeBytes(brokenPicture());

        // When, Then
        assertThat(causeFor("remarks.h264", stream.toByteArray())).isEqualTo(Cause.UNREADABLE);
    }

    private Cause causeFor(String name, byte[] stream) throws IOException {
        Path file = Files.write(folder.resolve(name), stream);
        return catchThrowableOfType(VideoException.class, () -> readAll(file)).reason();
    }

    private static void readAll(Path file) throws VideoException {
        readAll(file, new ArrayList<>());
    }

    private static void readAll(Path file, List<String> sizes) throws VideoException {
        var settings = VideoSettings.of("camera test", "file:" + file);
        try (VideoSource source = VideoSources.open(settings, Clock.systemUTC())) {
            while (true) {
                source.next(PATIENCE).ifPresent(picture -> {
                    assertThat(source.stream().width()).isEqualTo(picture.width());
                    sizes.add(picture.width() + "x" + picture.height());
                });
            }
        }
    }

    private static byte[] onePixel() throws IOException {
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        return jpeg.toByteArray();
    }

    private static byte[] repeated(byte[] picture, int times) {
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            stream.writeBytes(picture);
        }
        return stream.toByteArray();
    }

    /** Sequence parameters of H.264, 7.3.2.1: baseline, so many blocks of 16 pixels wide and high. */
    private static byte[] header(int blocks) {
        var bits = new Bits().fixed(66, 8).fixed(0, 8).fixed(51, 8);
        bits.count(0).count(0).count(2).count(1).fixed(0, 1);
        bits.count(blocks - 1)
                .count(blocks - 1)
                .fixed(1, 1)
                .fixed(1, 1)
                .fixed(0, 1)
                .fixed(0, 1);
        return unit(0x67, bits.bytes());
    }

    /** Picture parameters of H.264, 7.3.2.2, with nothing special. */
    private static byte[] pictureParameters() {
        var bits = new Bits()
                .count(0)
                .count(0)
                .fixed(0, 2)
                .count(0)
                .count(0)
                .count(0)
                .fixed(0, 3);
        return unit(0x68, bits.count(0).count(0).count(0).fixed(0, 3).bytes());
    }

    private static byte[] brokenPicture() {
        var bits = new Bits()
                .count(0)
                .count(7)
                .count(0)
                .fixed(0, 4)
                .count(0)
                .fixed(0, 2)
                .count(0);
        byte[] head = bits.bytes();
        byte[] payload = Arrays.copyOf(head, 200);
        Arrays.fill(payload, head.length, payload.length, (byte) 0x55);
        return unit(0x65, payload);
    }

    private static byte[] unit(int type, byte[] payload) {
        var unit = new ByteArrayOutputStream();
        unit.writeBytes(START);
        unit.write(type);
        unit.writeBytes(payload);
        return unit.toByteArray();
    }

    /** Writes the two kinds of numbers that H.264 headers are made of. */
    private static final class Bits {
        private final StringBuilder bits = new StringBuilder();

        Bits fixed(int value, int length) {
            for (int i = length - 1; i >= 0; i--) {
                bits.append(value >> i & 1);
            }
            return this;
        }

        /** Exp-Golomb. */
        Bits count(int value) {
            String binary = Integer.toBinaryString(value + 1);
            bits.append("0".repeat(binary.length() - 1)).append(binary);
            return this;
        }

        byte[] bytes() {
            String padded = bits + "1" + "0".repeat((8 - (bits.length() + 1) % 8) % 8);
            byte[] bytes = new byte[padded.length() / 8];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(padded.substring(i * 8, i * 8 + 8), 2);
            }
            return bytes;
        }
    }
}
