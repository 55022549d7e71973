package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.CameraStatus.State;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureHealthTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final long SECOND = 1_000_000_000L;
    private static final CameraCapabilities OFFERED =
            new CameraCapabilities("h264", Optional.of("High"), 640, 360, 25, Optional.of("none"));

    private final Random noise = new Random(1);
    private final PictureHealth health = health(10, CameraRequirements.NONE);

    @Test
    void shouldTellForHowLongThePictureHasBeenFrozenAndWhenItMovesAgain() {
        ByteBuffer still = picture();
        health.seen(still, WIDTH, HEIGHT, 0);
        health.seen(still, WIDTH, HEIGHT, 9 * SECOND);
        assertThat(health.status(OFFERED)).isEqualTo(CameraStatus.online());

        health.seen(still, WIDTH, HEIGHT, 12 * SECOND);
        CameraStatus frozen = health.status(OFFERED);
        assertThat(frozen.state()).isEqualTo(State.DEGRADED);
        assertThat(frozen.code()).isEqualTo("FROZEN");
        assertThat(frozen.reason()).isEqualTo("camera gate: pictures arrive, but nothing in them has changed for 12 s");

        health.seen(picture(), WIDTH, HEIGHT, 13 * SECOND);
        assertThat(health.status(OFFERED)).isEqualTo(CameraStatus.online());
    }

    @Test
    void shouldTellThatAPictureIsFrozenAlsoWhereTheCameraConnectsAnewMeanwhile() {
        // Given
        var frozen = new FrozenPicture(Duration.ofSeconds(10));
        ByteBuffer still = picture();
        new PictureHealth("gate", CameraRequirements.NONE, frozen).seen(still, WIDTH, HEIGHT, 0);
        new PictureHealth("gate", CameraRequirements.NONE, frozen).seen(still, WIDTH, HEIGHT, 6 * SECOND);
        // When
        var third = new PictureHealth("gate", CameraRequirements.NONE, frozen);
        third.seen(still, WIDTH, HEIGHT, 12 * SECOND);
        // Then
        assertThat(third.status(OFFERED).code()).isEqualTo("FROZEN");
    }

    @Test
    void shouldTakeAPictureThatComesAgainWithEachKeyFrameForFrozen() {
        ByteBuffer[] group = {picture(), picture(), picture(), picture(), picture()};
        for (int i = 0; i <= 60; i++) {
            health.seen(group[i % group.length], WIDTH, HEIGHT, i * SECOND / 5);
        }
        assertThat(health.status(OFFERED).code()).isEqualTo("FROZEN");
    }

    @Test
    void shouldTakeAStillSceneWithTheNoiseOfASensorForAlive() {
        ByteBuffer scene = picture();
        for (int i = 0; i <= 60; i++) {
            int pixel = WIDTH * 22 + noise.nextInt(WIDTH);
            scene.put(pixel, (byte) (scene.get(pixel) ^ 1));
            health.seen(scene, WIDTH, HEIGHT, i * SECOND);
        }
        assertThat(health.status(OFFERED)).isEqualTo(CameraStatus.online());
    }

    @Test
    void shouldNotBelieveAClockInTheUpperEdge() {
        ByteBuffer scene = picture();
        for (int i = 0; i <= 20; i++) {
            scene.put(WIDTH * 4 + 10, (byte) i);
            scene.put(WIDTH * (HEIGHT - 2) + 10, (byte) i);
            health.seen(scene, WIDTH, HEIGHT, i * SECOND);
        }
        assertThat(health.status(OFFERED).code()).isEqualTo("FROZEN");
    }

    @Test
    void shouldNeverCallAPictureFrozenWhereThatIsSwitchedOff() {
        var patient = health(0, CameraRequirements.NONE);
        ByteBuffer still = picture();
        patient.seen(still, WIDTH, HEIGHT, 0);
        patient.seen(still, WIDTH, HEIGHT, 3600 * SECOND);
        assertThat(patient.status(OFFERED)).isEqualTo(CameraStatus.online());
    }

    @Test
    void shouldCountThePicturesThatArriveAndNotWhatIsAnnounced() {
        // Given: 25 are announced, and 10 arrive
        var demanding = health(60, new CameraRequirements(0, 0, 15, Set.of(), false));
        demanding.arrived(1, 0);
        assertThat(demanding.status(OFFERED)).isEqualTo(CameraStatus.online());

        // When
        for (int i = 1; i <= 101; i++) {
            demanding.arrived(1, i * SECOND / 10);
        }

        // Then
        CameraStatus slow = demanding.status(OFFERED);
        assertThat(slow.code()).isEqualTo("REQUIREMENT");
        assertThat(slow.reason()).isEqualTo("camera gate: fps: at least 15 is required, got 10 measured, 25 announced");
    }

    @Test
    void shouldCountWhatArrivesAndIsNotDecoded() {
        // Given: one of five that arrive is decoded, as of 25 each second
        var demanding = health(60, new CameraRequirements(0, 0, 20, Set.of(), false));
        var slow = new CameraCapabilities("h264", Optional.of("High"), 640, 360, 5, Optional.of("none"));
        assertThat(demanding.status(slow).code()).isEqualTo("REQUIREMENT");

        // When
        for (int i = 0; i <= 51; i++) {
            demanding.arrived(5, i * SECOND / 5);
            demanding.good();
        }

        // Then
        assertThat(demanding.status(slow)).isEqualTo(CameraStatus.online());
    }

    @Test
    void shouldSayWhichSideIsTooSmall() {
        assertThat(new CameraRequirements(1280, 0, 0, Set.of(), false).missing(OFFERED, OptionalDouble.empty()))
                .contains("size: a width of at least 1280 is required, got 640x360");
        assertThat(new CameraRequirements(0, 720, 0, Set.of(), false).missing(OFFERED, OptionalDouble.empty()))
                .contains("size: a height of at least 720 is required, got 640x360");
    }

    @Test
    void shouldNameBothValuesOfEverythingThatIsMissing() {
        var required = new CameraRequirements(1280, 720, 0, Set.of("H265", "av1"), true);

        assertThat(required.missing(OFFERED, OptionalDouble.empty()).orElseThrow())
                .isEqualTo("size: at least 1280x720 is required, got 640x360;"
                        + " codec: av1 or hevc is required, got h264;"
                        + " audio: required, got a stream without");
    }

    @Test
    void shouldBeContentWithATwentiethLessAndWithSoundThatIsNotKnown() {
        var required = new CameraRequirements(640, 360, 25, Set.of("h264"), true);
        var offered = new CameraCapabilities("h264", Optional.empty(), 640, 360, 0, Optional.empty());

        assertThat(required.missing(offered, OptionalDouble.of(24))).isEmpty();
        assertThat(required.missing(offered, OptionalDouble.of(23))).isPresent();
        assertThat(required.missing(offered, OptionalDouble.empty())).isEmpty();
    }

    private static PictureHealth health(int frozenSeconds, CameraRequirements required) {
        return new PictureHealth("gate", required, new FrozenPicture(Duration.ofSeconds(frozenSeconds)));
    }

    private ByteBuffer picture() {
        byte[] pixels = new byte[WIDTH * HEIGHT * 3 / 2];
        noise.nextBytes(pixels);
        return ByteBuffer.allocateDirect(pixels.length).put(pixels).rewind();
    }
}
