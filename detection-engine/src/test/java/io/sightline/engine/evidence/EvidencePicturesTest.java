package io.sightline.engine.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.JpegEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidencePicturesTest {
    private static final BoundingBox BOX = new BoundingBox(100, 50, 80, 160);

    @Test
    void shouldRateSharpAboveBlurredAboveFlat() {
        // Given: stripes, the same with soft edges, and nothing
        double sharp = sharpness(640, 360, (x, y) -> x / 10 % 2 == 0 ? 200 : 50, BOX);
        double soft = sharpness(640, 360, (x, y) -> (int) (125 + 75 * Math.sin(x * Math.PI / 10)), BOX);
        double flat = sharpness(640, 360, (x, y) -> 125, BOX);

        assertThat(sharp).isGreaterThan(500);
        assertThat(soft).isLessThan(sharp / 4);
        assertThat(flat).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-50, -50, 100, 100, 640, 360",
        "600, 300, 200, 200, 640, 360",
        "0, 0, 5000, 5000, 641, 361",
        "0, 0, 3, 3, 3, 3"
    })
    void shouldRateWhatLiesInTheFrame(
            double x, double y, double width, double height, int frameWidth, int frameHeight) {
        var box = new BoundingBox(x, y, width, height);

        assertThat(sharpness(frameWidth, frameHeight, (px, py) -> (px + py) % 2 * 200, box))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 0, 0", "700, 10, 50, 50", "10, -80, 50, 50", "10, 10, 2, 100"})
    void shouldRateNothingAsFlat(double x, double y, double width, double height) {
        assertThat(sharpness(640, 360, (px, py) -> (px + py) % 2 * 200, new BoundingBox(x, y, width, height)))
                .isZero();
    }

    @Test
    void shouldCutTheBoxWithItsMargin() throws IOException {
        // Given
        byte[] jpeg = jpeg(640, 360, (x, y) -> x >= 100 && x < 180 && y >= 50 && y < 210 ? 230 : 20);
        // When
        BufferedImage part = read(new JpegCrop().cut(jpeg, BOX, 0.25, 92));
        // Then
        assertThat(part.getWidth()).isEqualTo(120);
        assertThat(part.getHeight()).isEqualTo(240);
        assertThat(part.getRGB(60, 120) & 0xff).isGreaterThan(200);
        assertThat(part.getRGB(5, 120) & 0xff).isLessThan(50);
        assertThat(part.getRGB(60, 235) & 0xff).isLessThan(50);
    }

    @Test
    void shouldCutNoMoreThanThereIs() throws IOException {
        byte[] jpeg = jpeg(64, 48, (x, y) -> x);

        BufferedImage part = read(new JpegCrop().cut(jpeg, new BoundingBox(-10, -10, 500, 500), 1, 92));

        assertThat(part.getWidth()).isEqualTo(64);
        assertThat(part.getHeight()).isEqualTo(48);
    }

    @Test
    void shouldRefuseWhatCannotBeCut() {
        byte[] jpeg = jpeg(64, 48, (x, y) -> x);
        var crop = new JpegCrop();

        assertThatThrownBy(() -> crop.cut(jpeg, new BoundingBox(100, 10, 20, 20), 0.1, 92))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64x48");
        assertThatThrownBy(() -> crop.cut(new byte[] {1, 2, 3}, BOX, 0.1, 92))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no JPEG");
    }

    private static double sharpness(int width, int height, IntBinaryOperator luma, BoundingBox box) {
        try (Frame frame = frame(width, height, luma)) {
            return new Sharpness().of(frame, box);
        }
    }

    private static byte[] jpeg(int width, int height, IntBinaryOperator luma) {
        try (Frame frame = frame(width, height, luma)) {
            return new JpegEncoder().encode(frame, List.of(), width, 95);
        }
    }

    private static Frame frame(int width, int height, IntBinaryOperator luma) {
        var slot = new FramePool(1, FrameInfo.bytes(width, height)).lease().orElseThrow();
        ByteBuffer pixels = slot.memory();
        for (int i = 0; i < FrameInfo.bytes(width, height); i++) {
            pixels.put(i, (byte) (i < width * height ? luma.applyAsInt(i % width, i / width) : 128));
        }
        return slot.publish(new FrameInfo("gate", 1, Instant.EPOCH, width, height));
    }

    private static BufferedImage read(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }
}
