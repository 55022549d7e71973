package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.video.VideoException.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The small plain parts of a camera: gate, pauses, health of its pictures. */
class CameraPartsTest {
    private static final CameraCapabilities OFFERED =
            new CameraCapabilities("h264", Optional.of("High"), 640, 360, 25, Optional.empty());

    @Test
    void shouldLetTheWantedRatePassEvenly() {
        // Given
        var gate = new FrameGate(5);

        // When: 10 s at 7 pictures per second
        long passed = IntStream.range(0, 70)
                .filter(i -> gate.wants(Duration.ofMillis(i * 1000L / 7)))
                .count();

        // Then
        assertThat(passed).isBetween(49L, 51L);
    }

    @Test
    void shouldNotCatchUpAfterAGap() {
        var gate = new FrameGate(5);
        gate.wants(Duration.ZERO);
        long passed = LongStream.range(0, 10)
                .filter(i -> gate.wants(Duration.ofMillis(10_000 + i * 10)))
                .count();
        assertThat(passed).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldTryThreeTimesQuicklyThenWithGrowingPauses() {
        var pauses = new ReconnectPauses(() -> 0);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            millis.add(pauses.next(Cause.LOST).toMillis());
        }
        assertThat(millis).containsExactly(200L, 200L, 200L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L);

        pauses.delivered();
        assertThat(pauses.next(Cause.SILENT)).isEqualTo(Duration.ofSeconds(1));

        pauses.reset();
        assertThat(pauses.next(Cause.SILENT)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void shouldTryARefusedLoginAtMostOnceAMinute() {
        assertThat(new ReconnectPauses(() -> 0).next(Cause.UNAUTHORIZED)).isEqualTo(Duration.ofSeconds(60));
        assertThat(new ReconnectPauses(() -> 1).next(Cause.UNAUTHORIZED)).isEqualTo(Duration.ofSeconds(61));
    }

    @Test
    void shouldShareTheRefusalOfALoginAmongAllReadersOfACamera() {
        // Given
        var login = new SharedLogin();
        var other = new ReconnectPauses(() -> 1, login);
        assertThat(login.left()).isZero();
        // When
        new ReconnectPauses(() -> 0, login).next(Cause.UNAUTHORIZED);
        // Then: the rest of the same pause
        assertThat(login.left()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
        assertThat(other.next(Cause.UNAUTHORIZED)).isLessThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(other.next(Cause.SILENT)).isEqualTo(ReconnectPauses.QUICK);
    }

    @Test
    void shouldBeDegradedWhileMoreThanATenthIsBroken() {
        // Given
        var health = new PictureHealth("gate", CameraRequirements.NONE, new FrozenPicture(Duration.ZERO));

        // When, Then
        health.broken(6);
        IntStream.range(0, 44).forEach(i -> health.good());
        assertThat(health.status(OFFERED).state()).isEqualTo(State.DEGRADED);
        IntStream.range(0, 50).forEach(i -> health.good());
        assertThat(health.status(OFFERED)).isEqualTo(CameraStatus.online());
    }
}
