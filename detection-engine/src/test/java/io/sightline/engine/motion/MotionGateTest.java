package io.sightline.engine.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.motion.Verdict.Look;
import io.sightline.engine.motion.Verdict.Skip;
import io.sightline.engine.scene.Point;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MotionGateTest {
    private static final int MINUTE = 300;
    private static final List<BoundingBox> SOMEBODY = List.of(new BoundingBox(50, 50, 20, 40));

    private final Yard yard = new Yard();
    private MotionGate gate = new MotionGate(MotionSettings.defaults());
    private List<BoundingBox> followed = List.of();
    private boolean detectorWorks = true;

    @AfterEach
    void noLeaseIsLeft() {
        assertThat(yard.leased()).isZero();
    }

    @Test
    void shouldLookAtTheFirstFrameAndOnceAMinuteWhereNothingMoves() {
        assertThat(next().word()).isEqualTo("first");
        skip(5);

        int looks = looks(10 * MINUTE, i -> {});

        assertThat(looks).isEqualTo(10);
        assertThat(next()).isInstanceOf(Skip.class);
    }

    @Test
    void shouldTryAForcedLookAgainUntilItSucceeds() {
        skip(MINUTE + 4);
        detectorWorks = false;
        assertThat(looks(20, i -> {})).isEqualTo(20);

        detectorWorks = true;
        assertThat(next().word()).isEqualTo("forced");
        assertThat(next().word()).isEqualTo("still");
    }

    @Test
    void shouldLookWhereSomethingMovesAndAMomentLonger() {
        // Given
        skip(20);

        // When: it walks through, 8 pixels a frame
        for (int x = 40; x < 200; x += 8) {
            yard.box = x;
            var look = (Look) next();

            // Then
            assertThat(look.word()).isEqualTo("motion");
            assertThat(look.moving().get(0).overlap(new BoundingBox(x, 100, 32, 64)))
                    .isGreaterThan(0.5);
        }
        yard.box = -1;
        assertThat(looks(40, i -> {})).isBetween(3, 8);
        assertThat(next().word()).isEqualTo("still");
    }

    @Test
    void shouldLookAtAllOfThePictureNowAndThenWhileItLooksAtParts() {
        skip(20);

        int whole = 0;
        for (int i = 0; i < 50; i++) {
            yard.box = 40 + i * 4;
            whole += ((Look) next()).regions().isEmpty() ? 1 : 0;
        }

        assertThat(whole).isBetween(4, 6);
    }

    @Test
    void shouldLookWhileAnythingIsFollowed() {
        skip(20);
        followed = SOMEBODY;

        for (int i = 0; i < 30; i++) {
            var look = (Look) next();
            assertThat(look.word()).isEqualTo("track");
            assertThat(look.regions()).isIn(List.of(), SOMEBODY);
        }
        followed = List.of();
        assertThat(next().word()).isEqualTo("still");
    }

    @Test
    void shouldGetUsedToWhatCameToRest() {
        skip(20);
        yard.box = 100;
        assertThat(next().word()).isEqualTo("motion");

        assertThat(looks(100, i -> {})).isLessThan(25);
        yard.box = -1;
        assertThat(next().word()).isEqualTo("motion");
    }

    @Test
    void shouldLookWhenTheLightIsSwitchedAndThenRest() {
        skip(20);
        yard.light = 60;
        assertThat(next().word()).isEqualTo("light");

        assertThat(looks(30, i -> {})).isLessThan(5);
        yard.box = 100;
        assertThat(next().word()).isEqualTo("motion");
    }

    @Test
    void shouldFollowASlowLight() {
        skip(20);

        assertThat(looks(200, i -> yard.light = i / 4)).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldKeepLookingWhileThePictureDoesNotRest() {
        skip(20);

        assertThat(looks(20, i -> yard.light = (i + 1) % 2 * 90)).isEqualTo(20);
    }

    @Test
    void shouldPassOverSpecks() {
        skip(20);

        assertThat(looks(100, i -> yard.flicker = 60)).isZero();
    }

    @Test
    void shouldPassOverATremblingCameraButSeeWhoWalksBeforeIt() {
        skip(20);

        assertThat(looks(40, i -> yard.shift = i % 5 * 2 - 4)).isLessThan(4);
        assertThat(looks(20, i -> {
                    yard.shift = i % 5 * 2 - 4;
                    yard.box = 40 + i * 8;
                }))
                .isGreaterThan(18);
    }

    @Test
    void shouldGetUsedToANewPlaceOfTheCamera() {
        skip(20);
        yard.shift = 5;

        assertThat(looks(60, i -> {})).isLessThan(10);
        assertThat(next().word()).isEqualTo("still");
    }

    @Test
    void shouldNotSeeWhatIsMasked() {
        var tree = List.of(new Point(0, 0.3), new Point(0.5, 0.3), new Point(0.5, 0.8), new Point(0, 0.8));
        gate = new MotionGate(new MotionSettings(true, Sensitivity.HIGH, Duration.ofSeconds(60), List.of(tree)));
        skip(20);

        assertThat(looks(15, i -> yard.box = i * 8)).isZero();
        yard.box = 200;
        assertThat(next().word()).isEqualTo("motion");
    }

    @Test
    void shouldLookAtEveryFrameWhenSwitchedOffAndStillTellWhatMoves() {
        gate = new MotionGate(MotionSettings.everyFrame());

        assertThat(looks(20, i -> {})).isEqualTo(20);
        yard.box = 100;
        var look = (Look) next();
        assertThat(look.word()).isEqualTo("ungated");
        assertThat(look.regions()).isEmpty();
        assertThat(look.moving()).hasSize(1);
    }

    @Test
    void shouldSurviveAClockThatIsSetBack() {
        skip(20);
        yard.time = yard.time.minus(Duration.ofHours(1));

        assertThat(next().word()).isEqualTo("first");
        assertThat(looks(100, i -> {})).isLessThan(6);
        yard.box = 100;
        assertThat(next().word()).isEqualTo("motion");
    }

    @Test
    void shouldStartAnewWithPicturesOfAnySize() {
        for (int[] size : new int[][] {{1, 1}, {16383, 2}, {2, 16383}, {7, 5}, {641, 359}}) {
            var pool = new FramePool(1, FrameInfo.bytes(size[0], size[1]));
            for (int i = 0; i < 3; i++) {
                var info = new FrameInfo("yard", i + 1, Instant.EPOCH.plusMillis(i * 200L), size[0], size[1]);
                try (Frame frame = pool.lease().orElseThrow().publish(info)) {
                    assertThat(gate.judge(frame, List.of()).word()).isEqualTo(i == 0 ? "first" : "after-motion");
                }
            }
        }
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new MotionSettings(
                        true, Sensitivity.LOW, Duration.ZERO, List.of(List.of(new Point(0, 0), new Point(1, 1)))))
                .hasMessageContaining("forced-look")
                .hasMessageContaining("masks");
    }

    private Verdict next() {
        try (var frame = yard.next()) {
            var verdict = gate.judge(frame, followed);
            if (detectorWorks && verdict instanceof Look look) {
                gate.looked(frame, look);
            }
            return verdict;
        }
    }

    private void skip(int frames) {
        looks(frames, i -> {});
    }

    /** @return how many of the frames were to be looked at */
    private int looks(int frames, IntConsumer before) {
        int looks = 0;
        for (int i = 0; i < frames; i++) {
            before.accept(i);
            looks += next() instanceof Look ? 1 : 0;
        }
        return looks;
    }
}
