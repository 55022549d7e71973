package io.sightline.engine.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A grey picture with two people: dark jacket and light trousers, and the other way round. */
class FrameColoursTest {
    private static final int WIDTH = 161;
    private static final int HEIGHT = 121;
    private static final BoundingBox DARK_JACKET = new BoundingBox(10, 10, 40, 100);
    private static final BoundingBox LIGHT_JACKET = new BoundingBox(90, 10, 40, 100);

    private final FramePool pool = new FramePool(1, FrameInfo.bytes(WIDTH, HEIGHT));
    private final Colours one = new Colours();
    private final Colours other = new Colours();

    @Test
    void shouldFindAPersonLikeHimselfAndNotLikeTheOther() {
        try (var frame = drawn()) {
            var colours = new FrameColours(frame);
            assertThat(colours.read(DARK_JACKET, one)).isTrue();

            assertThat(colours.read(new BoundingBox(12, 11, 40, 100), other)).isTrue();
            assertThat(one.likeness(other)).isGreaterThan(0.97);

            assertThat(colours.read(LIGHT_JACKET, other)).isTrue();
            assertThat(one.likeness(other)).isLessThan(0.7);
        }
    }

    @Test
    void shouldNotReadWhatIsHardlyInThePicture() {
        try (var frame = drawn()) {
            var colours = new FrameColours(frame);

            assertThat(colours.read(new BoundingBox(-10, 10, 40, 100), one)).isTrue();
            assertThat(colours.read(new BoundingBox(-25, 10, 40, 100), one)).isFalse();
            assertThat(colours.read(new BoundingBox(10, 90, 40, 100), one)).isFalse();
            assertThat(colours.read(new BoundingBox(1e9, -1e9, 40, 100), one)).isFalse();
        }
    }

    @Test
    void shouldReadAPictureThatIsInNoFrame() {
        var drawn = new FrameColours(WIDTH, HEIGHT, (x, y) -> (x < 80 ? 40 : 200) << 16 | 128 << 8 | 128);

        assertThat(drawn.read(DARK_JACKET, one)).isTrue();
        assertThat(drawn.read(LIGHT_JACKET, other)).isTrue();

        assertThat(one.likeness(other)).isLessThan(0.7);
    }

    @Test
    void shouldReadTheSmallestPicture() {
        var tiny = new FramePool(1, FrameInfo.bytes(1, 1));
        try (var frame = tiny.lease().orElseThrow().publish(new FrameInfo("a", 1, Instant.EPOCH, 1, 1))) {
            assertThat(new FrameColours(frame).read(new BoundingBox(0, 0, 1, 1), one))
                    .isTrue();
        }
    }

    @Test
    void shouldKeepNothingOfTheFrame() {
        try (var frame = drawn()) {
            new FrameColours(frame).read(DARK_JACKET, one);
        }

        assertThat(pool.leased()).isZero();
    }

    @Test
    void shouldForgetSlowly() {
        try (var frame = drawn()) {
            var colours = new FrameColours(frame);
            colours.read(DARK_JACKET, one);
            colours.read(LIGHT_JACKET, other);
        }
        double before = one.likeness(other);

        one.learn(other, 0.2);

        assertThat(one.likeness(other)).isBetween(before, 0.95);
        one.learn(other, 1);
        assertThat(one.likeness(other)).isEqualTo(1, within(1e-6));
    }

    private Frame drawn() {
        var slot = pool.lease().orElseThrow();
        var memory = slot.memory();
        for (int i = 0; i < FrameInfo.bytes(WIDTH, HEIGHT); i++) {
            memory.put(i, (byte) 128);
        }
        for (int y = 10; y < 110; y++) {
            for (int x = 10; x < 50; x++) {
                memory.put(y * WIDTH + x, (byte) (y < 60 ? 30 : 220));
                memory.put(y * WIDTH + x + 80, (byte) (y < 60 ? 220 : 30));
            }
        }
        return slot.publish(new FrameInfo("a", 1, Instant.EPOCH, WIDTH, HEIGHT));
    }
}
