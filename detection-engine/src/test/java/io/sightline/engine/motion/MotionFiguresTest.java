package io.sightline.engine.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures that the design asks for, on a short version of the scenes that {@code ./sightline bench P5} runs. */
class MotionFiguresTest {
    @Test
    void shouldMissNobodyAndSpareMostInferences() {
        var figures = MotionFigures.measure(
                List.of(Long.getLong("seed", 11L)), Duration.ofMinutes(Integer.getInteger("minutes", 10)));

        figures.rows().forEach(System.out::println);
        System.out.println(figures.recall() + " " + figures.looked() + " " + figures.lookedStill());
        assertThat(figures.recall()).isGreaterThanOrEqualTo(0.99);
        assertThat(figures.looked()).isLessThanOrEqualTo(0.15);
        assertThat(figures.lookedStill()).isLessThanOrEqualTo(0.01);
    }
}
