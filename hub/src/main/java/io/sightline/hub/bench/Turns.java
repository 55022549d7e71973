package io.sightline.hub.bench;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Measures ours and the reference in turn: reference, ours, reference again, so that a machine that becomes slower on
 * the way does so for both.
 *
 * @param ours median cost of ours
 * @param reference median cost of the reference
 * @param ratio median of reference over ours, round by round
 * @param spread by how much the reference differs from itself: the middle half of the rounds
 */
record Turns(double ours, double reference, double ratio, double spread) {
    private static final int WARM_UP = 3;

    /** Something that costs processor time; measured by itself, in milliseconds. */
    @FunctionalInterface
    interface Work {
        double millis() throws Exception;
    }

    /** @param rounds that count, at least 1 */
    static Turns take(Work ours, Work reference, int rounds) throws Exception {
        var our = new double[rounds];
        var first = new double[rounds];
        var second = new double[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            double before = reference.millis();
            double between = ours.millis();
            double after = reference.millis();
            if (round >= 0) {
                first[round] = before;
                our[round] = between;
                second[round] = after;
            }
        }
        var ratios = new double[rounds];
        Arrays.setAll(ratios, i -> (first[i] + second[i]) / 2 / our[i]);
        var references = Arrays.copyOf(first, 2 * rounds);
        System.arraycopy(second, 0, references, rounds, rounds);
        return new Turns(median(our), median(references), median(ratios), spread(first, second));
    }

    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How far the ratio of two series that should be equal is from 1: the farther one of its quartiles. */
    static double spread(double[] first, double[] second) {
        var ratios = new double[first.length];
        Arrays.setAll(ratios, i -> first[i] / second[i]);
        Arrays.sort(ratios);
        int quarter = ratios.length / 4;
        return Math.max(Math.abs(ratios[quarter] - 1), Math.abs(ratios[ratios.length - 1 - quarter] - 1));
    }

    /** As a row; the ratio is what has to reach the limit. */
    Figure figure(String id, String name, Limit limit) {
        return new Figure(
                id,
                name,
                OptionalDouble.of(ours),
                OptionalDouble.of(reference),
                OptionalDouble.of(ratio),
                OptionalDouble.of(spread),
                limit.verdict(ratio, spread),
                "");
    }
}
