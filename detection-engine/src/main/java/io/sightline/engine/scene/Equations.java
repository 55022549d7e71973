package io.sightline.engine.scene;

/**
 * Linear equations by Gaussian elimination with row pivots; for a handful of unknowns.
 *
 * <p>Source: Golub and Van Loan, "Matrix Computations", 4th edition, 2013, section 3.4.
 */
final class Equations {
    private static final double SINGULAR = 1e-12;

    private Equations() {}

    /**
     * @param rows each with the factors of the unknowns and the right side at its end; is used up
     * @throws IllegalArgumentException if there is no single solution
     */
    static double[] solve(double[][] rows) {
        for (int column = 0; column < rows.length; column++) {
            pivot(rows, column);
            for (int row = column + 1; row < rows.length; row++) {
                subtract(rows[row], rows[column], column);
            }
        }
        var solution = new double[rows.length];
        for (int row = rows.length - 1; row >= 0; row--) {
            double rest = rows[row][rows.length];
            for (int column = row + 1; column < rows.length; column++) {
                rest -= rows[row][column] * solution[column];
            }
            solution[row] = rest / rows[row][row];
        }
        return solution;
    }

    private static void pivot(double[][] rows, int column) {
        int best = column;
        for (int row = column + 1; row < rows.length; row++) {
            if (Math.abs(rows[row][column]) > Math.abs(rows[best][column])) {
                best = row;
            }
        }
        if (!(Math.abs(rows[best][column]) > SINGULAR)) {
            throw new IllegalArgumentException(
                    "the four points fit no view of level ground; do points and metres go round in the same order?");
        }
        double[] swapped = rows[best];
        rows[best] = rows[column];
        rows[column] = swapped;
    }

    private static void subtract(double[] row, double[] pivot, int column) {
        double factor = row[column] / pivot[column];
        for (int i = column; i < row.length; i++) {
            row[i] -= factor * pivot[i];
        }
    }
}
