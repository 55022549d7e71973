package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.video.FrameInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LetterboxTest {
    private static final int SIDE = 32;

    private final FloatBuffer tensor = ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();

    @Test
    void shouldPutThePictureAboveLeftAndGreyAroundIt() {
        // Given: a red picture (81, 90, 240 in BT.601), twice as wide as high
        var info = new FrameInfo("a", 1, Instant.EPOCH, 64, 32);

        try (var frame = Frames.plain(Frames.pool(1, 64, 32), info, 81, 90, 240);
                var letterbox = new Letterbox(SIDE, SIDE, tensor)) {
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
                var letterbox = new Letterbox(SIDE, SIDE, tensor)) {
            letterbox.fill(wide);
            letterbox.fill(high);

            assertThat(at(0, 31, 0)).isNotEqualTo(114);
            assertThat(at(0, 0, 31)).isEqualTo(114);
        }
    }

    private float at(int plane, int row, int column) {
        return tensor.get((plane * SIDE + row) * SIDE + column);
    }
}
