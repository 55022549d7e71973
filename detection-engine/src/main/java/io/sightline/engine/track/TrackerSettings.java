package io.sightline.engine.track;

import java.time.Duration;
import java.util.ArrayList;

/**
 * How objects are followed. The defaults hold for 5 to 25 frames per second.
 *
 * @param minConfidence objects from here on start tracks and are matched first; less certain ones only carry on a track
 *     that was seen a moment ago; 0 to 1
 * @param minSightings frames that must show an object before its track is certain, at least 1
 * @param minAge time between the first sighting and the one that makes a track certain; not negative
 * @param doubtfulPatience how long an object that is not certain yet may stay unseen; not negative
 * @param patience how long a certain track may stay unseen before it ends; positive
 */
public record TrackerSettings(
        double minConfidence, int minSightings, Duration minAge, Duration doubtfulPatience, Duration patience) {

    public TrackerSettings {
        var problems = new ArrayList<String>();
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            problems.add("min-confidence: got " + minConfidence + ", allowed is 0 to 1");
        }
        if (minSightings < 1) {
            problems.add("min-sightings: got " + minSightings + ", at least 1 is needed");
        }
        if (minAge.isNegative() || doubtfulPatience.isNegative()) {
            problems.add("min-age and doubtful-patience: got " + minAge + " and " + doubtfulPatience
                    + ", negative is not allowed");
        }
        if (patience.isNegative() || patience.isZero()) {
            problems.add("patience: got " + patience + ", must be positive, for example 3s");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("tracker: " + String.join("; ", problems));
        }
    }

    /** @param minConfidence the detector's */
    public static TrackerSettings defaults(double minConfidence) {
        return new TrackerSettings(
                minConfidence, 3, Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(3));
    }
}
