package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceLimitTest {
    private final SilenceLimit limit = new SilenceLimit(Optional.empty());

    @Test
    void shouldBeTwoSecondsForUsualRatesAndThreeFrameTimesForSlowOnes() {
        assertThat(limit.now()).isEqualTo(Duration.ofSeconds(10));

        arrive(9, 40);
        assertThat(limit.now()).isEqualTo(Duration.ofSeconds(2));

        limit.connected();
        arrive(9, 5000);
        assertThat(limit.now()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void shouldKeepWhatItLearntWhenConnectedAnewAndNotBelieveABurst() {
        // Given
        arrive(9, 4000);

        // When: the camera sends what it had kept
        limit.connected();
        arrive(5, 1);

        // Then
        assertThat(limit.now()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void shouldObeyWhatIsGiven() {
        var given = new SilenceLimit(Optional.of(Duration.ofMillis(700)));
        given.arrived(0);
        assertThat(given.now()).isEqualTo(Duration.ofMillis(700));
    }

    private void arrive(int pictures, long everyMillis) {
        for (int i = 0; i < pictures; i++) {
            limit.arrived(i * everyMillis * 1_000_000);
        }
    }
}
