package io.sightline.engine.evaluate;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.offline.FrameResult;
import io.sightline.engine.offline.FrameResult.TrackedBox;
import io.sightline.engine.offline.ResultWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gathers the results of a run and scores them against the truth. Boxes are rounded as {@link
 * io.sightline.engine.offline.MotWriter} writes them, so that other tools come to the same figures from that file.
 */
public final class Evaluation implements ResultWriter {
    private static final int PIXEL_DIGITS = 2;
    private static final int CONFIDENCE_DIGITS = 4;

    private final Truth truth;
    private final double minOverlap;
    private final Rows results = new Rows();
    private long frames;

    /** @param minOverlap intersection over union from which on a box is a hit; more than 0, at most 1 */
    public Evaluation(Truth truth, double minOverlap) {
        if (!(minOverlap > 0 && minOverlap <= 1)) {
            throw new IllegalArgumentException("iou: got " + minOverlap + ", allowed is more than 0 and at most 1");
        }
        this.truth = truth;
        this.minOverlap = minOverlap;
    }

    @Override
    public void write(FrameResult result) {
        frames = Math.max(frames, result.frame().sequence());
        result.boxes().forEach(box -> results.add(row((int) result.frame().sequence(), box)));
    }

    /** Intersection over union from which on a box is a hit. */
    public double minOverlap() {
        return minOverlap;
    }

    /** Frames that results were given for; truth beyond them does not count. */
    public long frames() {
        return frames;
    }

    /** All boxes, whatever their labels. */
    public Score score() {
        return score(counted(), results);
    }

    /** The same for each label of truth and results; empty where the truth has no labels. */
    public Map<String, Score> byLabel() {
        var scores = new TreeMap<String, Score>();
        if (truth.labelled()) {
            var labels = new TreeSet<>(counted().labels());
            labels.addAll(results.labels());
            for (String label : labels) {
                scores.put(
                        label, score(counted().only(row -> row.label().equals(label)), results.only(row -> row.label()
                                .equals(label))));
            }
        }
        return scores;
    }

    private Rows counted() {
        return truth.rows().only(row -> row.frame() <= frames);
    }

    private Score score(Rows expected, Rows told) {
        boolean identities = expected.all(row -> row.id() >= 0 || !row.counts());
        return new Score(
                BoxScoring.of(expected, told, minOverlap),
                identities ? Optional.of(TrackScoring.of(expected, told, minOverlap)) : Optional.empty());
    }

    private static Row row(int frame, TrackedBox tracked) {
        var box = tracked.box();
        var rounded = new BoundingBox(
                rounded(box.x(), PIXEL_DIGITS),
                rounded(box.y(), PIXEL_DIGITS),
                rounded(box.width(), PIXEL_DIGITS),
                rounded(box.height(), PIXEL_DIGITS));
        return new Row(
                frame, tracked.trackId(), rounded, rounded(tracked.confidence(), CONFIDENCE_DIGITS), tracked.label());
    }

    private static double rounded(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }

    /** Keeps what was gathered. */
    @Override
    public void close() {
        // nothing to give back
    }
}
