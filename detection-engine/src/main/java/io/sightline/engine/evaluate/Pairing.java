package io.sightline.engine.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs boxes of the truth with boxes of a result.
 *
 * <p>Source: Bernardin and Stiefelhagen, "Evaluating Multiple Object Tracking Performance: The CLEAR MOT Metrics",
 * EURASIP Journal on Image and Video Processing 2008; the search is {@link BestSum}.
 */
final class Pairing {
    private Pairing() {}

    /** Positions in the two lists. */
    record Pair(int truth, int result) {}

    /** As many pairs as can be, and of those choices the one with the largest overlap in all. */
    static List<Pair> best(List<Row> truth, List<Row> results, double minOverlap) {
        if (truth.isEmpty() || results.isEmpty()) {
            return List.of();
        }
        // a pair costs at most -worth, and worth outweighs what all overlaps together may differ by
        double worth = 1.0 + Math.min(truth.size(), results.size());
        var cost = new double[truth.size()][results.size()];
        for (int i = 0; i < truth.size(); i++) {
            for (int j = 0; j < results.size(); j++) {
                double overlap = truth.get(i).box().overlap(results.get(j).box());
                cost[i][j] = overlap >= minOverlap ? -(worth + overlap) : 0;
            }
        }
        int[] chosen = BestSum.columns(cost);
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] >= 0 && cost[i][chosen[i]] < 0) {
                pairs.add(new Pair(i, chosen[i]));
            }
        }
        return pairs;
    }
}
