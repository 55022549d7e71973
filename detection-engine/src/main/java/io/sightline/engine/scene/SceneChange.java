package io.sightline.engine.scene;

import io.sightline.engine.track.Track;
import java.time.Duration;

/** What happened in the scene in one frame. */
public sealed interface SceneChange {

    /** Between one track and a zone or line. */
    sealed interface OfTrack extends SceneChange {
        Track track();
    }

    /** @param occupancy how many are in the zone with this one */
    record Entered(Track track, String zone, int occupancy) implements OfTrack {}

    /**
     * @param stayed time between entering and leaving, by capture times
     * @param occupancy how many are in the zone without this one
     */
    record Left(Track track, String zone, Duration stayed, int occupancy) implements OfTrack {}

    /**
     * Said once per visit.
     *
     * @param stayed time since entering
     * @param occupancy how many are in the zone with this one
     */
    record Dwelled(Track track, String zone, Duration stayed, int occupancy) implements OfTrack {}

    /** @param direction {@code a-to-b} or {@code b-to-a}, see {@link Line} */
    record Crossed(Track track, String line, String direction) implements OfTrack {}

    /** A zone holds as many as its {@link Zone#crowd}, and has for long enough. */
    record CrowdStarted(String zone, int occupancy) implements SceneChange {}

    /** A zone holds fewer again. @param lasted time from the first moment with so many to the last */
    record CrowdEnded(String zone, int occupancy, Duration lasted) implements SceneChange {}

    /**
     * Two came nearer to each other than they should; said once per approach.
     *
     * @param track the one that is to be kept from harm, see {@link NearMissRule}
     * @param metres between the places where they stand
     * @param speed of the faster one, in metres per second
     */
    record NearMiss(Track track, Track other, double metres, double speed) implements SceneChange {}
}
