package io.sightline.engine.scene;

import io.sightline.engine.detect.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A named polygon in the picture. An object is in it when the middle of its box's bottom edge is.
 *
 * @param id the zone's id in the configuration
 * @param polygon at least three points in fractions of the picture, 0 to 1
 * @param labels which objects count; empty for all
 * @param minDwell how long an object must stay before it is said to dwell; zero: never said
 * @param priority what its camera has at least while a certain track is in it
 * @param crowd so many objects at once, or more, are a crowd; 0: never said
 * @param crowdAfter how long there must be so many, or fewer again, before it is said; not negative
 */
public record Zone(
        String id,
        List<Point> polygon,
        Set<String> labels,
        Duration minDwell,
        Priority priority,
        int crowd,
        Duration crowdAfter) {

    /** One that is never said to be crowded and does not make its camera more important. */
    public Zone(String id, List<Point> polygon, Set<String> labels, Duration minDwell) {
        this(id, polygon, labels, minDwell, Priority.LOW, 0, Duration.ZERO);
    }
}
