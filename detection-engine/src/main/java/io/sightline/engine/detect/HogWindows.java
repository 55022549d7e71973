package io.sightline.engine.detect;

import java.util.Arrays;

/**
 * The windows in which the people detector fires, and the people that they agree on. Around a person it fires in several
 * windows, at neighbouring places and sizes; on something that only looks like one, in few.
 *
 * <p>Sources: that windows vote, each with its weight, from Dalal, "Finding People in Images and Videos", thesis, 2006,
 * chapter 5; the box as the mean of the windows that agree from Gidaris and Komodakis, "Object detection via a multi-region
 * and semantic segmentation-aware CNN model", ICCV 2015; that a window within another one is no second person, by the
 * overlap with the smaller one, from Dollár et al., "Integral Channel Features", BMVC 2009. Used by one thread.
 */
final class HogWindows {
    /** Windows below this weight are no use as votes; between here and the least confidence they do not stand alone. */
    static final double LEAST_WEIGHT = -0.7;

    /** What the votes count: so much weight for each factor of e in their sum. */
    private static final double VOTES = 0.4;

    /** Windows that overlap by more mean the same person. */
    private static final double SAME_PERSON = 0.5;

    /** Two people may overlap by so much, as intersection over union. */
    private static final double MAX_OVERLAP = 0.4;

    /** And the smaller one of two may be so far within the other. */
    private static final double MAX_INSIDE = 0.7;

    /** Votes grow with the square of the windows; more than so many are a broken picture. */
    private static final int MAX_WINDOWS = 1000;

    private final Candidates windows = new Candidates();
    private double[] votes = new double[0];

    void clear() {
        windows.clear();
    }

    /** @param weight distance to the separating plane @param person the person's box within the window */
    void add(double weight, Candidates.Corners person) {
        if (windows.size() < MAX_WINDOWS) {
            windows.add((float) weight, 0, person);
        }
    }

    /**
     * Brings windows together.
     *
     * @param minWeight of a person, votes included
     * @param people takes one proposal per person, its score the weight with the votes, best first
     */
    void people(double minWeight, Candidates people) {
        var order = byWeightWithVotes();
        var kept = new int[order.length];
        int count = 0;
        for (int at = 0; at < order.length; at++) {
            int window = order[at];
            double weight = weightWithVotes(window);
            if (weight < minWeight) {
                return;
            }
            if (isFree(window, kept, count)) {
                kept[count++] = window;
                people.add((float) weight, 0, mean(window));
            }
        }
    }

    private int[] byWeightWithVotes() {
        int size = windows.size();
        if (votes.length < size) {
            votes = new double[size];
        }
        Arrays.fill(votes, 0, size, 0);
        for (int a = 0; a < size; a++) {
            votes[a] += vote(a);
            for (int b = 0; b < a; b++) {
                if (windows.overlap(a, b) > SAME_PERSON) {
                    votes[a] += vote(b);
                    votes[b] += vote(a);
                }
            }
        }
        return Candidates.descending(size, window -> (float) weightWithVotes(window));
    }

    private double weightWithVotes(int window) {
        return windows.score(window) + VOTES * Math.log(votes[window] / vote(window));
    }

    /** Between 0 and 1; steeper than the confidence, so that doubtful windows count little. */
    private double vote(int window) {
        return 1 / (1 + Math.exp(-2 * windows.score(window)));
    }

    private boolean isFree(int window, int[] kept, int count) {
        for (int i = 0; i < count; i++) {
            if (windows.overlap(kept[i], window) > MAX_OVERLAP || windows.inside(kept[i], window) > MAX_INSIDE) {
                return false;
            }
        }
        return true;
    }

    /** Of all windows that mean the same person, by their votes. */
    private Candidates.Corners mean(int window) {
        double left = 0;
        double top = 0;
        double right = 0;
        double bottom = 0;
        for (int i = 0; i < windows.size(); i++) {
            if (windows.overlap(window, i) > SAME_PERSON) {
                double share = vote(i) / votes[window];
                var box = windows.corners(i);
                left += share * box.left();
                top += share * box.top();
                right += share * box.right();
                bottom += share * box.bottom();
            }
        }
        return new Candidates.Corners((float) left, (float) top, (float) right, (float) bottom);
    }
}
