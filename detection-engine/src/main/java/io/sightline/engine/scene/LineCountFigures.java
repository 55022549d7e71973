package io.sightline.engine.scene;

import io.sightline.engine.detect.Observation;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.FrameInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * How exactly lines are counted, on drawn walkers whose crossings are known; boxes go through {@link Tracker} and {@link
 * Scene} as those of a camera do. The same seed gives the same figures.
 */
public final class LineCountFigures {
    private static final double FRAME_SECONDS = 0.1;
    private static final double MIN_CONFIDENCE = 0.5;

    /** A walker has crossed when it is so far beyond the line, in own heights. */
    private static final double BEYOND = 0.25;

    /** A count belongs to a crossing that is at most so many seconds and heights away. */
    private static final double TOLERANCE = 5;

    private static final double NEAR = 1.5;

    private final DrawnWalkers street;
    private final Tracker tracker = new Tracker(TrackerSettings.defaults(MIN_CONFIDENCE));
    private final Scene scene = new Scene(List.of(), List.of(DrawnWalkers.GATE, DrawnWalkers.KERB));
    private final Map<Walker, Map<String, Boolean>> sides = new HashMap<>();
    private final List<Open> walked = new ArrayList<>();
    private final List<Open> counted = new ArrayList<>();
    private long frame;
    private int crossings;
    private int missed;
    private int extra;

    private LineCountFigures(long seed) {
        street = new DrawnWalkers(seed);
    }

    /**
     * What a run came to.
     *
     * @param crossings how often walkers crossed a line
     * @param missed crossings that were not counted, or in the wrong direction
     * @param extra counts without a crossing
     * @param frames drawn
     */
    public record Result(int crossings, int missed, int extra, long frames) {
        /** Share of crossings that were counted once and nothing besides, 0 to 1. */
        public double exact() {
            return Math.max(0, 1 - (missed + extra) / (double) crossings);
        }
    }

    /** @param crossings to be walked, at least; some seconds for 10 000 */
    public static Result measure(int crossings, long seed) {
        return new LineCountFigures(seed).run(crossings);
    }

    private Result run(int wanted) {
        while (crossings < wanted) {
            step();
        }
        for (int i = 0; i < 2 * TOLERANCE / FRAME_SECONDS; i++) {
            settle();
        }
        return new Result(crossings, missed, extra, frame);
    }

    /** One frame: first what is true, then what is counted. */
    private void step() {
        frame++;
        sides.keySet().removeAll(street.walk(FRAME_SECONDS));
        for (Walker walker : street.walkers()) {
            walked(walker, DrawnWalkers.GATE);
            walked(walker, DrawnWalkers.KERB);
        }
        var info = new FrameInfo(
                "drawn",
                frame,
                Instant.EPOCH.plusMillis(Math.round(frame * FRAME_SECONDS * 1000)),
                DrawnWalkers.WIDTH,
                DrawnWalkers.HEIGHT);
        var tracks = tracker.update(new Observation(info, street.look()), street.appearance());
        for (SceneChange change : scene.update(tracks.active(), tracks.ended(), info)) {
            if (change instanceof SceneChange.Crossed crossed) {
                var box = crossed.track().box();
                var open = new Open(
                        crossed.line() + crossed.direction(),
                        frame,
                        () -> box.x() + box.width() / 2,
                        () -> box.bottom());
                if (!take(walked, open)) {
                    counted.add(open);
                }
            }
        }
        settleOverdue();
    }

    private void settle() {
        frame++;
        settleOverdue();
    }

    private void walked(Walker walker, Line line) {
        double heights = DrawnWalkers.heightsFrom(line, walker.x(), walker.y());
        if (Math.abs(heights) < BEYOND) {
            return;
        }
        boolean right = heights > 0;
        var before = sides.computeIfAbsent(walker, w -> new HashMap<>()).put(line.id(), right);
        if (before == null || before == right) {
            return;
        }
        crossings++;
        String direction = right ? Crossing.A_TO_B : Crossing.B_TO_A;
        var open = new Open(line.id() + direction, frame, walker::x, walker::y);
        if (!take(counted, open)) {
            walked.add(open);
        }
    }

    private static boolean take(List<Open> others, Open one) {
        Open best = null;
        for (Open other : others) {
            boolean fits = other.what.equals(one.what) && other.distance(one) < NEAR;
            if (fits && (best == null || other.distance(one) < best.distance(one))) {
                best = other;
            }
        }
        return best != null && others.remove(best);
    }

    private void settleOverdue() {
        double oldest = frame - TOLERANCE / FRAME_SECONDS;
        int before = walked.size();
        walked.removeIf(open -> open.frame < oldest);
        missed += before - walked.size();
        before = counted.size();
        counted.removeIf(open -> open.frame < oldest);
        extra += before - counted.size();
    }

    /** A crossing that was not counted yet, or a count without its crossing yet. */
    private record Open(String what, long frame, DoubleSupplier x, DoubleSupplier y) {
        /** In heights; time counts as walking. */
        double distance(Open other) {
            double pixels =
                    Math.hypot(x.getAsDouble() - other.x.getAsDouble(), y.getAsDouble() - other.y.getAsDouble());
            return pixels / Walker.heightAt(y.getAsDouble());
        }
    }
}
