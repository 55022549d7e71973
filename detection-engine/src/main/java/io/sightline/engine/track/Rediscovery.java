package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows a lost object again after an occlusion: what has become certain goes on as the lost track that looks the same
 * and that could have come here, at the speed of a person, in the time between.
 *
 * <p>Source: that looks find an object again after an occlusion, from Wojke, Bewley and Paulus, "Simple Online and
 * Realtime Tracking with a Deep Association Metric", ICIP 2017; the limits are our own and were measured.
 */
final class Rediscovery {
    /**
     * Least likeness. Measured on ground truth: after three seconds nine of ten people are above it to themselves, one
     * of twenty to somebody else.
     */
    private static final double SAME = 0.9;

    /** Fastest change of place, in object heights per second: a person of 1.7 m at 2.5 m/s. */
    private static final double SPEED = 1.5;

    /** What boxes wander besides, in object heights: half hidden people have shorter ones. */
    private static final double WANDERING = 0.5;

    /** Largest ratio of two heights of one object. */
    private static final double HEIGHTS = 1.5;

    private static final double NANOS = 1e9;

    private Rediscovery() {}

    /** @return the lost one that the newly certain one is, or null */
    static @Nullable Followed find(Followed newest, List<Followed> all) {
        Followed best = null;
        double likeness = SAME;
        for (var lost : all) {
            if (couldBe(newest, lost) && newest.likeness(lost) >= likeness) {
                best = lost;
                likeness = newest.likeness(lost);
            }
        }
        return best;
    }

    private static boolean couldBe(Followed newest, Followed lost) {
        return lost.isCertain()
                && newest.label().equals(lost.label())
                && !lost.isSeen()
                && lost.lastSeen() < newest.first()
                && isWithinReach(lost.lastBox(), newest.firstBox(), (newest.first() - lost.lastSeen()) / NANOS);
    }

    private static boolean isWithinReach(BoundingBox from, BoundingBox to, double seconds) {
        double larger = Math.max(from.height(), to.height());
        double smaller = Math.min(from.height(), to.height());
        double x = from.x() + from.width() / 2 - to.x() - to.width() / 2;
        double y = from.bottom() - to.bottom();
        return larger <= HEIGHTS * smaller && Math.hypot(x, y) <= larger * (WANDERING + SPEED * seconds);
    }
}
