package io.sightline.engine.scene;

import io.sightline.engine.scene.Geometry.Size;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One object's relation to one line. It crosses when it is clear of the line on the other side; what it does in between
 * (waiting on the line, trembling, stepping back) says nothing yet.
 *
 * <p>Source: two thresholds, so that trembling switches nothing, as in Schmitt, "A thermionic trigger", Journal of
 * Scientific Instruments 1938; distances and times are our own, measured by {@link LineCountFigures}.
 */
final class Crossing {
    static final String A_TO_B = "a-to-b";
    static final String B_TO_A = "b-to-a";

    /** Further than this from the line is clear of it, in object heights: a foot for a person. */
    private static final double CLEAR = 0.16;

    /** Where an object that is seen no more counts as being on the other side. */
    private static final double BEYOND = 0.14;

    /** So far away no box jumps. */
    private static final double FAR = 0.6;

    /** Clear for so long, because a box whose legs are hidden for a moment jumps. */
    private static final Duration STEADY = Duration.ofMillis(200);

    private final Line line;
    private @Nullable Boolean right;
    private @Nullable Instant clearSince;
    private boolean clearRight;
    private boolean betweenEnds;
    private double newest;

    Crossing(Line line) {
        this.line = line;
    }

    /** Goes on for an object that was followed under another id before. */
    Crossing(Crossing before) {
        this(before.line);
        right = before.right;
        betweenEnds = before.betweenEnds;
        newest = before.newest;
    }

    /**
     * Takes in where it stands now.
     *
     * @param last where it stood before, or null
     * @return the direction, if this is a crossing
     */
    @Nullable
    String move(@Nullable Point last, Stand now) {
        boolean isRight = isRight(now.point());
        if (last != null && isRight(last) != isRight) {
            betweenEnds = Geometry.passesBetweenEnds(line, last, now.point());
        }
        newest = Geometry.distanceToLine(line, now.point(), now.size()) / now.height() * (isRight ? 1 : -1);
        if (Math.abs(newest) <= CLEAR) {
            clearSince = null;
            return null;
        }
        if (clearSince == null || clearRight != isRight) {
            clearSince = now.at();
            clearRight = isRight;
        }
        boolean steady =
                Math.abs(newest) > FAR || Duration.between(clearSince, now.at()).compareTo(STEADY) >= 0;
        return right == null || steady ? arrive(isRight) : null;
    }

    /** It is seen no more. @return the direction, if it was beyond the line by then */
    @Nullable
    String end() {
        return right != null && Math.abs(newest) > BEYOND ? arrive(newest > 0) : null;
    }

    private @Nullable String arrive(boolean isRight) {
        boolean crossed = right != null && right != isRight && betweenEnds;
        right = isRight;
        if (!crossed) {
            return null;
        }
        return isRight ? A_TO_B : B_TO_A;
    }

    private boolean isRight(Point point) {
        return Geometry.rightOf(line.from(), line.to(), point) > 0;
    }

    /**
     * Where an object stands.
     *
     * @param height of the object in pixels, positive
     */
    record Stand(Point point, double height, Size size, Instant at) {}
}
