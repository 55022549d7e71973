package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.detect.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
    private final JpegEncoder encoder = new JpegEncoder();
    private final FramePool pool = new FramePool(1, FrameInfo.bytes(201, 101));

    @Test
    void shouldKeepSizeAndBrightness() throws IOException {
        try (Frame frame = TestFrames.grey(pool, 201, 101, 126)) {
            BufferedImage image = decoded(encoder.encode(frame, List.of(), 1920, 90));

            assertThat(image.getWidth()).isEqualTo(201);
            assertThat(image.getHeight()).isEqualTo(101);
            assertThat(image.getRGB(100, 50) & 255).isCloseTo(128, within(3));
        }
        assertThat(pool.leased()).isZero();
    }

    @Test
    void shouldScaleDownAndDrawBoxesWhereTheyAre() throws IOException {
        // Given
        var overlays = List.<Overlay>of(new Overlay.Box(new BoundingBox(40, 40, 100, 40), "Zoë 87%"));

        try (Frame frame = TestFrames.grey(pool, 200, 100, 126)) {
            // When
            BufferedImage image = decoded(encoder.encode(frame, overlays, 100, 90));

            // Then
            assertThat(image.getWidth()).isEqualTo(100);
            assertThat(image.getHeight()).isEqualTo(50);
            assertThat(green(image, 20, 35)).isTrue();
            assertThat(green(image, 45, 30)).isFalse();
        }
    }

    @Test
    void shouldServeManyThreads() {
        try (Frame frame = TestFrames.grey(pool, 200, 100, 90)) {
            byte[] expected = encoder.encode(frame, List.of(), 200, 80);
            List<byte[]> all = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> encoder.encode(frame, List.of(), 200, 80))
                    .toList();
            assertThat(all).allMatch(bytes -> java.util.Arrays.equals(bytes, expected));
        }
    }

    @Test
    void shouldLeaveMemoryWholeWhateverTheSize() {
        for (int width = 17; width < 201; width += 3) {
            var small = new FramePool(1, FrameInfo.bytes(width, 31));
            try (Frame frame = TestFrames.grey(small, width, 31, 90)) {
                for (int maxWidth : new int[] {16, 100, 400}) {
                    assertThat(encoder.encode(frame, List.of(), maxWidth, 80)).isNotEmpty();
                }
            }
        }
    }

    @Test
    void shouldRefuseQualityOutOfRange() {
        try (Frame frame = TestFrames.grey(pool, 200, 100, 90)) {
            assertThatThrownBy(() -> encoder.encode(frame, List.of(), 200, 0)).hasMessageContaining("quality 0");
            assertThatThrownBy(() -> encoder.encode(frame, List.of(), 4, 50)).hasMessageContaining("maxWidth 4");
        }
    }

    private static boolean green(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return (rgb >> 8 & 255) > (rgb >> 16 & 255) + 30 && (rgb >> 8 & 255) > (rgb & 255) + 30;
    }

    private static BufferedImage decoded(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }
}
