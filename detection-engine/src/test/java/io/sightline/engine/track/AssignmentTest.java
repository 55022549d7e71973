package io.sightline.engine.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void shouldTakeTheCheapestWhole() {
        // the greedy choice (0,0) would force the dear (1,1)
        double[][] cost = {{1, 2}, {2, 100}};

        assertThat(Assignment.solve(cost)).containsExactly(1, 0);
    }

    @Test
    void shouldLeaveForbiddenPairsAlone() {
        double f = Assignment.FORBIDDEN;
        double[][] cost = {{f, 0.5}, {f, 0.1}, {f, f}};

        assertThat(Assignment.solve(cost)).containsExactly(Assignment.NONE, 1, Assignment.NONE);
    }

    @Test
    void shouldTakeNothing() {
        assertThat(Assignment.solve(new double[0][0])).isEmpty();
        assertThat(Assignment.solve(new double[2][0])).containsExactly(Assignment.NONE, Assignment.NONE);
    }

    @Test
    void shouldAgreeWithTryingEverything() {
        var random = new Random(11);
        for (int round = 0; round < 500; round++) {
            double[][] cost = random(random, 1 + random.nextInt(6), 1 + random.nextInt(6));

            int[] choice = Assignment.solve(cost);

            assertThat(Arrays.stream(choice).filter(c -> c != Assignment.NONE)).doesNotHaveDuplicates();
            assertThat(total(cost, choice)).isCloseTo(cheapest(cost, 0, 0), within(1e-6));
        }
    }

    private static double[][] random(Random random, int rows, int columns) {
        var cost = new double[rows][columns];
        for (double[] row : cost) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextInt(4) == 0 ? Assignment.FORBIDDEN : random.nextDouble();
            }
        }
        return cost;
    }

    /** A row without a column costs as much as a forbidden pair, up to as many rows as there are columns. */
    private static double total(double[][] cost, int[] choice) {
        double sum = 0;
        int taken = 0;
        for (int row = 0; row < choice.length; row++) {
            if (choice[row] != Assignment.NONE) {
                sum += cost[row][choice[row]];
                taken++;
            }
        }
        return sum + Assignment.FORBIDDEN * (Math.min(cost.length, cost[0].length) - taken);
    }

    private static double cheapest(double[][] cost, int row, int used) {
        int columns = cost[0].length;
        if (row == cost.length || Integer.bitCount(used) == columns) {
            return 0;
        }
        int rowsLeft = cost.length - row;
        int columnsLeft = columns - Integer.bitCount(used);
        double best = rowsLeft > columnsLeft ? cheapest(cost, row + 1, used) : Double.POSITIVE_INFINITY;
        for (int column = 0; column < columns; column++) {
            if ((used & 1 << column) == 0) {
                best = Math.min(best, cost[row][column] + cheapest(cost, row + 1, used | 1 << column));
            }
        }
        return best;
    }
}
