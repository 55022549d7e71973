package io.sightline.engine.motion;

import io.sightline.engine.scene.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How one camera's frames are gated.
 *
 * @param gate false: every frame is looked at; regions are found all the same
 * @param forcedLook longest time between two looks at the whole picture; positive
 * @param masks polygons in fractions of the picture, at least three points each, in which nothing counts as motion
 */
public record MotionSettings(boolean gate, Sensitivity sensitivity, Duration forcedLook, List<List<Point>> masks) {
    /** So long does a camera stay unseen at most where nothing moves, unless configured. */
    public static final Duration DEFAULT_FORCED_LOOK = Duration.ofSeconds(60);

    private static final int FEWEST_POINTS = 3;

    public MotionSettings {
        masks = masks.stream().map(List::copyOf).toList();
        var problems = new ArrayList<String>();
        if (forcedLook.isNegative() || forcedLook.isZero()) {
            problems.add("forced-look: got " + forcedLook + ", must be positive, for example 60s");
        }
        if (masks.stream().anyMatch(mask -> mask.size() < FEWEST_POINTS)) {
            problems.add("masks: a polygon needs at least " + FEWEST_POINTS + " points");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("motion: " + String.join("; ", problems));
        }
    }

    /** The same, but motion counts everywhere. */
    public MotionSettings withoutMasks() {
        return new MotionSettings(gate, sensitivity, forcedLook, List.of());
    }

    /** The gate as it is unless configured. */
    public static MotionSettings defaults() {
        return new MotionSettings(true, Sensitivity.MEDIUM, DEFAULT_FORCED_LOOK, List.of());
    }

    /** Every frame is looked at. */
    public static MotionSettings everyFrame() {
        return new MotionSettings(false, Sensitivity.MEDIUM, DEFAULT_FORCED_LOOK, List.of());
    }
}
