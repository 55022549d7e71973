package io.sightline.engine.track;

import java.util.Arrays;

/**
 * Gives each row at most one column so that the sum of the costs is smallest.
 *
 * <p>Source: Kuhn, "The Hungarian Method for the Assignment Problem", Naval Research Logistics Quarterly 1955, by
 * shortest augmenting paths with potentials, as in Jonker and Volgenant, "A Shortest Augmenting Path Algorithm for
 * Dense and Sparse Linear Assignment Problems", Computing 1987. Cubic in the smaller, linear in the larger side.
 */
final class Assignment {
    /** Cost of a pair that must not be; larger than any sum of others. */
    static final double FORBIDDEN = 1e9;

    /** No column. */
    static final int NONE = -1;

    private Assignment() {}

    /** @return for each row its column or {@link #NONE}; every row has a cost for every column */
    static int[] solve(double[][] cost) {
        int rows = cost.length;
        int columns = rows == 0 ? 0 : cost[0].length;
        var columnOfRow = new int[rows];
        Arrays.fill(columnOfRow, NONE);
        if (columns == 0) {
            return columnOfRow;
        }
        if (rows > columns) {
            int[] rowOfColumn = solve(transposed(cost));
            for (int column = 0; column < columns; column++) {
                if (rowOfColumn[column] != NONE) {
                    columnOfRow[rowOfColumn[column]] = column;
                }
            }
            return columnOfRow;
        }
        int[] rowOfColumn = new Search(cost, columns).rowOfColumn();
        for (int column = 0; column < columns; column++) {
            int row = rowOfColumn[column];
            if (row != NONE && cost[row][column] < FORBIDDEN) {
                columnOfRow[row] = column;
            }
        }
        return columnOfRow;
    }

    private static double[][] transposed(double[][] cost) {
        var turned = new double[cost[0].length][cost.length];
        for (int row = 0; row < cost.length; row++) {
            for (int column = 0; column < turned.length; column++) {
                turned[column][row] = cost[row][column];
            }
        }
        return turned;
    }

    /** The state of one solution; at most as many rows as columns. */
    private static final class Search {
        private final double[][] cost;
        private final int columns;
        private final double[] rowPotential;
        private final double[] columnPotential;
        private final int[] rowOfColumn;
        private final double[] distance;
        private final int[] cameFrom;
        private final boolean[] done;

        Search(double[][] cost, int columns) {
            this.cost = cost;
            this.columns = columns;
            rowPotential = new double[cost.length];
            columnPotential = new double[columns];
            rowOfColumn = new int[columns];
            distance = new double[columns];
            cameFrom = new int[columns];
            done = new boolean[columns];
        }

        int[] rowOfColumn() {
            Arrays.fill(rowOfColumn, NONE);
            for (int row = 0; row < cost.length; row++) {
                augment(row, shortestPath(row));
            }
            return rowOfColumn;
        }

        /** Dijkstra from a free row to the nearest free column. @return that column */
        private int shortestPath(int start) {
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            Arrays.fill(done, false);
            int row = start;
            int last = NONE;
            double length = 0;
            while (true) {
                relax(row, last, length);
                int next = nearest();
                length = distance[next];
                done[next] = true;
                if (rowOfColumn[next] == NONE) {
                    raisePotentials(start, length);
                    return next;
                }
                last = next;
                row = rowOfColumn[next];
            }
        }

        private void relax(int row, int last, double length) {
            for (int column = 0; column < columns; column++) {
                double through = length + cost[row][column] - rowPotential[row] - columnPotential[column];
                if (!done[column] && through < distance[column]) {
                    distance[column] = through;
                    cameFrom[column] = last;
                }
            }
        }

        private int nearest() {
            int best = NONE;
            for (int column = 0; column < columns; column++) {
                if (!done[column] && (best == NONE || distance[column] < distance[best])) {
                    best = column;
                }
            }
            return best;
        }

        private void raisePotentials(int start, double length) {
            rowPotential[start] += length;
            for (int column = 0; column < columns; column++) {
                if (done[column] && rowOfColumn[column] != NONE) {
                    rowPotential[rowOfColumn[column]] += length - distance[column];
                    columnPotential[column] -= length - distance[column];
                }
            }
        }

        private void augment(int start, int end) {
            int column = end;
            while (column != NONE) {
                int before = cameFrom[column];
                rowOfColumn[column] = before == NONE ? start : rowOfColumn[before];
                column = before;
            }
        }
    }
}
