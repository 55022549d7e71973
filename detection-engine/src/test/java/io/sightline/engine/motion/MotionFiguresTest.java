package io.sightline.engine.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures that the design asks for at least, on a short version of the scenes. */
class MotionFiguresTest {
    @Test
    void shouldMissNobodyAndSpareMostInferences() {
        var figures = MotionFigures.measure(List.of(11L), Duration.ofSeconds(400));

        assertThat(figures.rows()).hasSize(Weather.values().length).allSatisfy(row -> {
            assertThat(row.events()).as("somebody comes").isPositive();
            assertThat(row.found())
                    .as("found of %s in %s", row.events(), row.weather())
                    .isEqualTo(row.events());
        });
        assertThat(figures.recall()).isGreaterThanOrEqualTo(0.99);
        assertThat(figures.moving()).isBetween(0.03, 0.07);
        assertThat(figures.looked()).isLessThanOrEqualTo(0.15);
        assertThat(figures.lookedStill()).isLessThanOrEqualTo(0.01);
    }
}
