package io.sightline.engine.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Scores single boxes.
 *
 * <p>Source: Everingham et al., "The PASCAL Visual Object Classes (VOC) Challenge", IJCV 2010, section 4.2.
 */
final class BoxScoring {
    private final double minOverlap;
    private final List<Judged> judged = new ArrayList<>();

    /** A box that counts: a hit with its overlap, or a false alarm with 0. */
    private record Judged(double confidence, boolean hit, double overlap) {}

    /** A point of the curve: all boxes down to one confidence. */
    private record Point(int hits, int told) {
        double precision() {
            return (double) hits / told;
        }
    }

    private BoxScoring(double minOverlap) {
        this.minOverlap = minOverlap;
    }

    static Score.Boxes of(Rows truth, Rows results, double minOverlap) {
        var scoring = new BoxScoring(minOverlap);
        for (int frame : results.frames()) {
            scoring.judge(truth.in(frame), results.in(frame));
        }
        return scoring.score(truth.only(Row::counts).size());
    }

    private void judge(List<Row> truth, List<Row> results) {
        var free = new ArrayList<>(truth.stream().filter(Row::counts).toList());
        var byConfidence = results.stream()
                .sorted(Comparator.comparingDouble(Row::weight).reversed())
                .toList();
        for (Row result : byConfidence) {
            Row best = null;
            double most = minOverlap;
            for (Row candidate : free) {
                double overlap = candidate.box().overlap(result.box());
                if (overlap >= most) {
                    most = overlap;
                    best = candidate;
                }
            }
            if (best != null) {
                free.remove(best);
                judged.add(new Judged(result.weight(), true, most));
            } else if (truth.stream().noneMatch(box -> !box.counts() && box.fits(result, minOverlap))) {
                judged.add(new Judged(result.weight(), false, 0));
            }
        }
    }

    private Score.Boxes score(int truth) {
        judged.sort(Comparator.comparingDouble(Judged::confidence).reversed());
        int told = judged.size();
        int hits = (int) judged.stream().filter(Judged::hit).count();
        double nothingTold = truth == 0 ? 1 : 0;
        double precision = told > 0 ? (double) hits / told : nothingTold;
        double recall = truth > 0 ? (double) hits / truth : 1;
        double both = precision + recall;
        double overlaps = judged.stream().mapToDouble(Judged::overlap).sum();
        return new Score.Boxes(
                truth,
                hits,
                told - hits,
                precision,
                recall,
                both > 0 ? 2 * precision * recall / both : 0,
                truth > 0 ? averagePrecision(truth) : 0,
                hits > 0 ? overlaps / hits : 0);
    }

    /** Boxes of one confidence are one point, since nothing tells which of them comes first. */
    private double averagePrecision(int truth) {
        var curve = new ArrayList<Point>();
        int hits = 0;
        for (int i = 0; i < judged.size(); i++) {
            hits += judged.get(i).hit() ? 1 : 0;
            if (i + 1 == judged.size()
                    || judged.get(i + 1).confidence() != judged.get(i).confidence()) {
                curve.add(new Point(hits, i + 1));
            }
        }
        double area = 0;
        double envelope = 0;
        for (int i = curve.size() - 1; i >= 0; i--) {
            envelope = Math.max(envelope, curve.get(i).precision());
            int before = i > 0 ? curve.get(i - 1).hits() : 0;
            area += envelope * (curve.get(i).hits() - before) / truth;
        }
        return area;
    }
}
