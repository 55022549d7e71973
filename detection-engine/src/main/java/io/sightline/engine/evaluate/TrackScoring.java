package io.sightline.engine.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scores whole tracks.
 *
 * <p>Sources: MOTA, MOTP and switches from Bernardin and Stiefelhagen, "Evaluating Multiple Object Tracking
 * Performance: The CLEAR MOT Metrics", EURASIP Journal on Image and Video Processing 2008; IDF1 from Ristani et al.,
 * "Performance Measures and a Data Set for Multi-Target, Multi-Camera Tracking", 2016, arXiv 1609.01775; mostly tracked
 * and mostly lost from Wu and Nevatia, "Tracking of Multiple, Partially Occluded Humans based on Static Body Part
 * Detection", CVPR 2006.
 */
final class TrackScoring {
    private static final double MOSTLY_TRACKED = 0.8;
    private static final double MOSTLY_LOST = 0.2;

    private final double minOverlap;
    private final Map<Integer, Followed> objects = new TreeMap<>();
    private final Map<Integer, Integer> lengths = new TreeMap<>();
    private Map<Integer, Integer> pairsBefore = Map.of();
    private int truth;
    private int told;
    private int pairs;
    private double overlaps;

    /** One object of the truth. */
    private static final class Followed {
        private final Map<Integer, Integer> framesWith = new HashMap<>();
        private int frames;
        private int found;
        private int switches;
        private int fragments;
        private @Nullable Integer number;
        private boolean lost;

        void foundAs(int track) {
            found++;
            if (number != null && number != track) {
                switches++;
            }
            if (lost) {
                fragments++;
            }
            number = track;
            lost = false;
        }

        void missed() {
            lost = number != null;
        }
    }

    private TrackScoring(double minOverlap) {
        this.minOverlap = minOverlap;
    }

    static Score.Tracks of(Rows truth, Rows results, double minOverlap) {
        var scoring = new TrackScoring(minOverlap);
        var frames = new TreeSet<>(truth.frames());
        frames.addAll(results.frames());
        for (int frame : frames) {
            List<Row> all = truth.in(frame);
            List<Row> counted = all.stream().filter(Row::counts).toList();
            scoring.frame(counted, scoring.withoutIgnored(all, counted, results.in(frame)));
        }
        return scoring.score();
    }

    /** Drops results that lie on boxes which need not be found, unless one that counts wants them. */
    private List<Row> withoutIgnored(List<Row> truth, List<Row> counted, List<Row> results) {
        List<Row> ignored = truth.stream().filter(row -> !row.counts()).toList();
        if (ignored.isEmpty()) {
            return results;
        }
        Set<Row> kept = Pairing.best(counted, results, minOverlap).stream()
                .map(pair -> results.get(pair.result()))
                .collect(Collectors.toSet());
        return results.stream()
                .filter(row -> kept.contains(row) || ignored.stream().noneMatch(box -> box.fits(row, minOverlap)))
                .toList();
    }

    private void frame(List<Row> counted, List<Row> results) {
        truth += counted.size();
        told += results.size();
        results.forEach(row -> lengths.merge(row.id(), 1, Integer::sum));
        for (Row object : counted) {
            Followed followed = objects.computeIfAbsent(object.id(), id -> new Followed());
            followed.frames++;
            results.stream()
                    .filter(row -> object.fits(row, minOverlap))
                    .forEach(row -> followed.framesWith.merge(row.id(), 1, Integer::sum));
        }
        Map<Integer, Integer> now = pair(counted, results);
        for (Row object : counted) {
            Integer track = now.get(object.id());
            Followed followed = objects.get(object.id());
            if (track == null) {
                followed.missed();
            } else {
                followed.foundAs(track);
            }
        }
        pairs += now.size();
        pairsBefore = now;
    }

    /** Pairs of the frame before are kept where they still fit; the rest is assigned anew. */
    private Map<Integer, Integer> pair(List<Row> counted, List<Row> results) {
        var now = new HashMap<Integer, Integer>();
        var taken = new HashSet<Integer>();
        var openTruth = new ArrayList<Row>();
        for (Row object : counted) {
            Integer track = pairsBefore.get(object.id());
            Row kept = track == null ? null : find(results, track);
            if (kept != null && !taken.contains(track) && object.fits(kept, minOverlap)) {
                taken.add(track);
                add(now, object, kept);
            } else {
                openTruth.add(object);
            }
        }
        List<Row> openResults =
                results.stream().filter(row -> !taken.contains(row.id())).toList();
        for (var pair : Pairing.best(openTruth, openResults, minOverlap)) {
            add(now, openTruth.get(pair.truth()), openResults.get(pair.result()));
        }
        return now;
    }

    private void add(Map<Integer, Integer> now, Row object, Row result) {
        now.put(object.id(), result.id());
        overlaps += object.box().overlap(result.box());
    }

    private static @Nullable Row find(List<Row> results, int track) {
        return results.stream().filter(row -> row.id() == track).findFirst().orElse(null);
    }

    private Score.Tracks score() {
        int right = rightIdentities();
        int switches =
                objects.values().stream().mapToInt(object -> object.switches).sum();
        int misses = truth - pairs;
        int falseAlarms = told - pairs;
        double nothingThere = told == 0 ? 1 : 0;
        return new Score.Tracks(
                truth > 0 ? 1 - (double) (misses + falseAlarms + switches) / truth : nothingThere,
                pairs > 0 ? overlaps / pairs : 0,
                truth + told > 0 ? 2.0 * right / (truth + told) : 1,
                told > 0 ? (double) right / told : 0,
                truth > 0 ? (double) right / truth : 0,
                misses,
                falseAlarms,
                switches,
                objects.values().stream().mapToInt(object -> object.fragments).sum(),
                objects(object -> object.found >= MOSTLY_TRACKED * object.frames),
                objects(object -> object.found < MOSTLY_LOST * object.frames),
                objects.size(),
                lengths.size());
    }

    private int objects(Predicate<Followed> which) {
        return (int) objects.values().stream().filter(which).count();
    }

    /** Boxes with the right identity, if each object is given the one track that suits the whole. */
    private int rightIdentities() {
        if (objects.isEmpty() || lengths.isEmpty()) {
            return 0;
        }
        var tracks = new ArrayList<>(lengths.keySet());
        var cost = new double[objects.size()][tracks.size()];
        int i = 0;
        for (Followed object : objects.values()) {
            for (int j = 0; j < tracks.size(); j++) {
                cost[i][j] = -object.framesWith.getOrDefault(tracks.get(j), 0);
            }
            i++;
        }
        int[] chosen = BestSum.columns(cost);
        double right = 0;
        for (int row = 0; row < chosen.length; row++) {
            right -= chosen[row] < 0 ? 0 : cost[row][chosen[row]];
        }
        return (int) right;
    }
}
