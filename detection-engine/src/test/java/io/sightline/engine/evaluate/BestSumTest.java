package io.sightline.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BestSumTest {
    @Test
    void shouldCostWhatTheBestOfAllAnswersCosts() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var cost = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
            boolean ties = round % 2 == 0;
            for (double[] row : cost) {
                Arrays.setAll(row, i -> ties ? random.nextInt(3) - 1 : random.nextDouble() * 10 - 5);
            }

            int[] columns = BestSum.columns(cost);

            assertThat(Arrays.stream(columns).filter(column -> column >= 0))
                    .hasSize(Math.min(cost.length, cost[0].length))
                    .doesNotHaveDuplicates();
            double sum = 0;
            for (int row = 0; row < columns.length; row++) {
                sum += columns[row] < 0 ? 0 : cost[row][columns[row]];
            }
            int leftOut = Math.max(0, cost.length - cost[0].length);
            assertThat(sum).isCloseTo(best(cost, 0, 0, leftOut), within(1e-9));
        }
    }

    @Test
    void shouldTakeNothing() {
        assertThat(BestSum.columns(new double[0][0])).isEmpty();
        assertThat(BestSum.columns(new double[2][0])).containsExactly(-1, -1);
    }

    /** Tries everything. @param taken columns as bits @param leftOut rows that may go without */
    private static double best(double[][] cost, int row, int taken, int leftOut) {
        if (row == cost.length) {
            return 0;
        }
        double best = leftOut > 0 ? best(cost, row + 1, taken, leftOut - 1) : Double.POSITIVE_INFINITY;
        for (int column = 0; column < cost[0].length; column++) {
            if ((taken >> column & 1) == 0) {
                best = Math.min(best, cost[row][column] + best(cost, row + 1, taken | 1 << column, leftOut));
            }
        }
        return best;
    }
}
