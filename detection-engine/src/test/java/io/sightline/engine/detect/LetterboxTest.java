package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.PictureInput;
import io.sightline.engine.model.PictureInput.Colours;
import io.sightline.engine.model.PictureInput.Fit;
import io.sightline.engine.model.PictureInput.Range;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.junit.jupiter.api.Test;

class LetterboxTest {
    private static final int SIDE = 32;

    private static final InputSize SIZE = new InputSize(SIDE, SIDE);

    private static final PictureInput YOLOX = PictureInput.of(Fit.TOP_LEFT, Colours.BGR, Range.BYTES);

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES).order(ByteOrder.nativeOrder());
    private final FloatBuffer tensor = memory.asFloatBuffer();

    @Test
    void shouldPutThePictureAboveLeftAndGreyAroundIt() {
        // Given: a red picture (81, 90, 240 in BT.601), twice as wide as high
        var info = new FrameInfo("a", 1, Instant.EPOCH, 64, 32);

        try (var frame = Frames.plain(Frames.pool(1, 64, 32), info, 81, 90, 240);
                var picture = new PictureTensor(SIZE, YOLOX, PictureTensor.Kind.PLAIN, memory);
                var letterbox = new Letterbox(YOLOX, picture)) {
            var scale = letterbox.fill(frame);

            // Then: blue, green, red
            assertThat(scale).isEqualTo(new Candidates.Scale(2, 2, 64, 32));
            assertThat(at(0, 15, 31)).isCloseTo(0, within(2f));
            assertThat(at(1, 15, 31)).isCloseTo(0, within(2f));
            assertThat(at(2, 15, 31)).isCloseTo(254, within(2f));
            assertThat(at(2, 16, 0)).isEqualTo(114);
            assertThat(at(0, 31, 31)).isEqualTo(114);
        }
    }

    @Test
    void shouldDrawTheGreyAnewWhenThePictureChangesItsShape() {
        try (var wide = Frames.grey(Frames.pool(1, 64, 32), "a", 64, 32);
                var high = Frames.grey(Frames.pool(1, 31, 63), "a", 31, 63);
                var picture = new PictureTensor(SIZE, YOLOX, PictureTensor.Kind.PLAIN, memory);
                var letterbox = new Letterbox(YOLOX, picture)) {
            letterbox.fill(wide);
            letterbox.fill(high);

            assertThat(at(0, 31, 0)).isNotEqualTo(114);
            assertThat(at(0, 0, 31)).isEqualTo(114);
        }
    }

    @Test
    void shouldCentreThePictureAndScaleIt() {
        // Given: mean and deviation of each channel, red first
        var input = new PictureInput(
                Fit.CENTRED, Colours.RGB, Range.UNIT, List.of(0.5, 0.25, 0.0), List.of(0.5, 0.5, 2.0), 51);

        try (var frame = red(64, 32);
                var picture = new PictureTensor(SIZE, input, PictureTensor.Kind.PLAIN, memory);
                var letterbox = new Letterbox(input, picture)) {
            var scale = letterbox.fill(frame);

            // Then
            assertThat(scale).isEqualTo(new Candidates.Scale(2, 2, 64, 32, 0, 8));
            assertThat(at(0, 16, 16)).isCloseTo((254 / 255f - 0.5f) / 0.5f, within(0.02f));
            assertThat(at(1, 16, 16)).isCloseTo(-0.5f, within(0.02f));
            assertThat(at(2, 16, 16)).isCloseTo(0, within(0.02f));
            for (int row : List.of(0, 7, 24, 31)) {
                assertThat(at(0, row, 16)).isCloseTo((0.2f - 0.5f) / 0.5f, within(1e-6f));
                assertThat(at(2, row, 16)).isCloseTo(0.1f, within(1e-6f));
            }
        }
    }

    @Test
    void shouldStretchThePicture() {
        var input = PictureInput.of(Fit.STRETCHED, Colours.BGR, Range.BYTES);

        try (var frame = red(64, 32);
                var picture = new PictureTensor(SIZE, input, PictureTensor.Kind.PLAIN, memory);
                var letterbox = new Letterbox(input, picture)) {
            assertThat(letterbox.fill(frame)).isEqualTo(new Candidates.Scale(2, 1, 64, 32));
            assertThat(at(2, 31, 31)).isCloseTo(254, within(2f));
        }
    }

    @Test
    void shouldWriteColoursSideBySideAndBytes() {
        var input = PictureInput.of(Fit.TOP_LEFT, Colours.RGB, Range.BYTES);

        try (var frame = red(64, 32);
                var picture = new PictureTensor(SIZE, input, new PictureTensor.Kind(opencv_core.CV_8U, false), memory);
                var letterbox = new Letterbox(input, picture)) {
            letterbox.fill(frame);

            assertThat(memory.get(0) & 0xFF).isCloseTo(254, within(2));
            assertThat(memory.get(1) & 0xFF).isLessThan(3);
            assertThat(memory.get(3 * 16 * SIDE) & 0xFF).isEqualTo(114);
        }
    }

    @Test
    void shouldGiveEachColourItsOwnScaleSideBySide() {
        var input = new PictureInput(
                Fit.TOP_LEFT, Colours.RGB, Range.BYTES, List.of(10.0, 0.0, 0.0), List.of(1.0, 1.0, 2.0), 114);

        try (var frame = red(64, 32);
                var picture =
                        new PictureTensor(SIZE, input, new PictureTensor.Kind(opencv_core.CV_32F, false), memory);
                var letterbox = new Letterbox(input, picture)) {
            letterbox.fill(frame);

            assertThat(tensor.get(0)).isCloseTo(244, within(2f));
            assertThat(tensor.get(3 * 16 * SIDE)).isEqualTo(104);
            assertThat(tensor.get(3 * 16 * SIDE + 2)).isEqualTo(57);
        }
    }

    @Test
    void shouldWriteFloatsOfSixteenBits() {
        var input = PictureInput.of(Fit.TOP_LEFT, Colours.RGB, Range.UNIT);

        try (var frame = red(64, 32);
                var picture = new PictureTensor(SIZE, input, new PictureTensor.Kind(opencv_core.CV_16F, true), memory);
                var letterbox = new Letterbox(input, picture)) {
            letterbox.fill(frame);

            assertThat(half(0)).isCloseTo(1, within(0.01f));
            assertThat(half(16 * SIDE)).isCloseTo(114 / 255f, within(1e-3f));
        }
    }

    private static Frame red(int width, int height) {
        var info = new FrameInfo("a", 1, Instant.EPOCH, width, height);
        return Frames.plain(Frames.pool(1, width, height), info, 81, 90, 240);
    }

    /** A number between 2^-14 and 2 in half precision. */
    private float half(int index) {
        int bits = memory.getShort(index * Short.BYTES) & 0xFFFF;
        return Math.scalb(1024f + (bits & 0x3FF), (bits >> 10) - 25);
    }

    private float at(int plane, int row, int column) {
        return tensor.get((plane * SIDE + row) * SIDE + column);
    }
}
