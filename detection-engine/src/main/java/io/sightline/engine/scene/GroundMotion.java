package io.sightline.engine.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where one track was on the ground lately, and how fast it moves: a straight line through the last moments.
 *
 * <p>Source: the straight line by least squares, Draper and Smith, "Applied Regression Analysis", 3rd edition, 1998,
 * chapter 1.
 */
final class GroundMotion {
    private static final Duration WINDOW = Duration.ofMillis(1500);

    /** Less time says more of trembling boxes than of speed. */
    private static final double SHORTEST = 0.5;

    /** Faster is a box that jumped, in metres per second. */
    private static final double FASTEST = 100;

    private static final int FEWEST = 3;
    private static final double NANOS = 1e9;

    private final Deque<Step> steps = new ArrayDeque<>();

    void add(GroundPoint place, Instant at) {
        steps.add(new Step(place, at));
        while (Duration.between(steps.getFirst().at, at).compareTo(WINDOW) > 0) {
            steps.removeFirst();
        }
    }

    @Nullable
    GroundPoint place() {
        return steps.isEmpty() ? null : steps.getLast().place;
    }

    /** Metres per second by least squares; empty until there is enough to tell. */
    OptionalDouble speed() {
        if (steps.size() < FEWEST || seconds(steps.getFirst(), steps.getLast()) < SHORTEST) {
            return OptionalDouble.empty();
        }
        double time = 0;
        double x = 0;
        double y = 0;
        for (Step step : steps) {
            time += seconds(steps.getFirst(), step) / steps.size();
            x += step.place.x() / steps.size();
            y += step.place.y() / steps.size();
        }
        double spread = 0;
        double across = 0;
        double along = 0;
        for (Step step : steps) {
            double t = seconds(steps.getFirst(), step) - time;
            spread += t * t;
            across += t * (step.place.x() - x);
            along += t * (step.place.y() - y);
        }
        double speed = Math.hypot(across, along) / spread;
        return speed <= FASTEST ? OptionalDouble.of(speed) : OptionalDouble.empty();
    }

    private static double seconds(Step from, Step to) {
        return Duration.between(from.at, to.at).toNanos() / NANOS;
    }

    private record Step(GroundPoint place, Instant at) {}
}
