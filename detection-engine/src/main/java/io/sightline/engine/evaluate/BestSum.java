package io.sightline.engine.evaluate;

import java.util.Arrays;

/**
 * Gives rows and columns to each other so that the sum of the costs is smallest, as many pairs as the smaller side has.
 *
 * <p>Source: Kuhn, "The Hungarian Method for the Assignment Problem", Naval Research Logistics Quarterly 1955, by
 * shortest augmenting paths with potentials, as in Jonker and Volgenant, "A Shortest Augmenting Path Algorithm for
 * Dense and Sparse Linear Assignment Problems", Computing 1987. The tracker has one of its own, which leaves out pairs
 * that must not be. This one follows the textbook step by step, potentials included: where two answers cost the same,
 * for example for a box that was told twice, rounding decides, and figures can be compared with those of other
 * evaluators only if it decides alike.
 */
final class BestSum {
    private final double[][] cost;
    private final int columns;
    private final double[] rowPotential;
    private final double[] columnPotential;

    /** Row of each column; rows and columns count from 1, and 0 is none. */
    private final int[] rowOf;

    private final double[] distance;
    private final int[] before;
    private final boolean[] done;

    private BestSum(double[][] cost) {
        this.cost = cost;
        this.columns = cost[0].length;
        rowPotential = new double[cost.length + 1];
        columnPotential = new double[columns + 1];
        rowOf = new int[columns + 1];
        distance = new double[columns + 1];
        before = new int[columns + 1];
        done = new boolean[columns + 1];
    }

    /** @return the column of each row, -1 for none; every row has a cost for every column */
    static int[] columns(double[][] cost) {
        var columnOf = new int[cost.length];
        Arrays.fill(columnOf, -1);
        if (cost.length == 0 || cost[0].length == 0) {
            return columnOf;
        }
        if (cost.length <= cost[0].length) {
            int[] rows = new BestSum(cost).solve();
            for (int column = 1; column < rows.length; column++) {
                if (rows[column] > 0) {
                    columnOf[rows[column] - 1] = column - 1;
                }
            }
            return columnOf;
        }
        var turned = new double[cost[0].length][cost.length];
        for (int row = 0; row < cost.length; row++) {
            for (int column = 0; column < turned.length; column++) {
                turned[column][row] = cost[row][column];
            }
        }
        int[] rowOf = columns(turned);
        for (int column = 0; column < rowOf.length; column++) {
            columnOf[rowOf[column]] = column;
        }
        return columnOf;
    }

    private int[] solve() {
        for (int row = 1; row <= cost.length; row++) {
            rowOf[0] = row;
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            Arrays.fill(done, false);
            int column = 0;
            while (rowOf[column] != 0) {
                column = step(column);
            }
            while (column != 0) {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }
        return rowOf;
    }

    /** One step of Dijkstra's search. @return the nearest column that was not reached yet */
    private int step(int from) {
        done[from] = true;
        int row = rowOf[from];
        int nearest = 0;
        double length = Double.POSITIVE_INFINITY;
        for (int column = 1; column <= columns; column++) {
            if (done[column]) {
                continue;
            }
            double reduced = cost[row - 1][column - 1] - rowPotential[row] - columnPotential[column];
            if (reduced < distance[column]) {
                distance[column] = reduced;
                before[column] = from;
            }
            if (distance[column] < length) {
                length = distance[column];
                nearest = column;
            }
        }
        for (int column = 0; column <= columns; column++) {
            if (done[column]) {
                rowPotential[rowOf[column]] += length;
                columnPotential[column] -= length;
            } else {
                distance[column] -= length;
            }
        }
        return nearest;
    }
}
