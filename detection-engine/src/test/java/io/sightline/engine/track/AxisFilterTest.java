package io.sightline.engine.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisFilterTest {
    private static final double HEIGHT = 100;

    @Test
    void shouldLearnASteadyVelocityAtAnyFrameRate() {
        for (double framesPerSecond : new double[] {5, 12.5, 25}) {
            var filter = new AxisFilter(0, HEIGHT);
            double step = 1 / framesPerSecond;
            for (double t = step; t < 4; t += step) {
                filter.predict(step, HEIGHT);
                filter.correct(50 * t, HEIGHT);
            }

            assertThat(filter.velocity()).isCloseTo(50, within(1.0));
        }
    }

    @Test
    void shouldPredictAlongTheVelocityAndGrowUnsure() {
        var filter = moving();
        double place = filter.place();
        double sure = filter.placeVariance();

        filter.predict(2, HEIGHT);

        assertThat(filter.place()).isCloseTo(place + 2 * filter.velocity(), within(1e-9));
        assertThat(filter.placeVariance()).isGreaterThan(sure);
    }

    @Test
    void shouldBeNearerToTheTruthThanItsMeasurements() {
        var random = new Random(3);
        var filter = new AxisFilter(0, HEIGHT);
        double filtered = 0;
        double measured = 0;
        for (int i = 1; i <= 2000; i++) {
            double truth = 2.0 * i;
            double seen = truth + 5 * random.nextGaussian();
            filter.predict(0.04, HEIGHT);
            filter.correct(seen, HEIGHT);
            filtered += Math.pow(filter.place() - truth, 2);
            measured += Math.pow(seen - truth, 2);
        }

        assertThat(filtered).isLessThan(0.95 * measured);
    }

    @Test
    void shouldKeepItsVariancePositive() {
        var filter = moving();
        for (int i = 0; i < 10_000; i++) {
            filter.predict(i % 7 == 0 ? 0 : 0.2, HEIGHT);
            filter.correct(i, HEIGHT);
            assertThat(filter.placeVariance()).isPositive();
        }
    }

    private static AxisFilter moving() {
        var filter = new AxisFilter(0, HEIGHT);
        for (int i = 1; i < 20; i++) {
            filter.predict(0.1, HEIGHT);
            filter.correct(10.0 * i, HEIGHT);
        }
        return filter;
    }
}
