package io.sightline.engine.scene;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * On which side of a border something is, without trembling: a change counts once it is clear or has lasted.
 *
 * <p>Source: two thresholds, so that trembling switches nothing, as in Schmitt, "A thermionic trigger", Journal of
 * Scientific Instruments 1938; that lasting counts as well is our own.
 */
final class SteadySide {
    /** Beyond the border for so long counts, however near it is. */
    static final Duration SETTLED = Duration.ofSeconds(2);

    private @Nullable Boolean side;
    private @Nullable Instant otherSince;
    private boolean otherSide;

    /** A side that is known from the start, or null for one that the first clear place tells. */
    SteadySide(@Nullable Boolean side) {
        this.side = side;
    }

    /**
     * Takes in where it is now.
     *
     * @param now the side it is on, taken by the letter
     * @param clear whether it is further from the border than boxes tremble
     * @return whether it changed sides with this; learning the first side is no change
     */
    boolean moved(boolean now, boolean clear, Instant at) {
        if (side != null && side == now) {
            otherSince = null;
            return false;
        }
        if (otherSince == null || otherSide != now) {
            otherSince = at;
            otherSide = now;
        }
        if (!clear && Duration.between(otherSince, at).compareTo(SETTLED) < 0) {
            return false;
        }
        boolean change = side != null;
        side = now;
        return change;
    }

    boolean is(boolean asked) {
        return side != null && side == asked;
    }

    /** When the side that was taken last was first touched. */
    Instant since(Instant otherwise) {
        return otherSince == null ? otherwise : otherSince;
    }
}
