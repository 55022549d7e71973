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
    void shouldKnowTheFrameTimeOfPicturesThatAreToldOfTogether() {
        // When: a key picture every 12 s, and two between them
        limit.arrived(3, 0);
        for (int i = 1; i <= 3; i++) {
            limit.arrived(3, i * 12_000_000_000L);
        }

        // Then
        assertThat(limit.now()).isEqualTo(Duration.ofSeconds(12));

        // When: 25 each second, told of every ten
        limit.arrived(250, 46_000_000_000L);

        // Then
        assertThat(limit.now()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldObeyWhatIsGiven() {
        var given = new SilenceLimit(Optional.of(Duration.ofMillis(700)));
        given.arrived(1, 0);
        assertThat(given.now()).isEqualTo(Duration.ofMillis(700));
    }

    private void arrive(int pictures, long everyMillis) {
        for (int i = 0; i < pictures; i++) {
            limit.arrived(1, i * everyMillis * 1_000_000);
        }
    }
}
