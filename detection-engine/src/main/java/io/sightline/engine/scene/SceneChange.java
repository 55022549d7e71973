package io.sightline.engine.scene;

import io.sightline.engine.track.Track;
import java.time.Duration;

/** What happened between one track and the scene in one frame. */
public sealed interface SceneChange {
    Track track();

    record Entered(Track track, String zone) implements SceneChange {}

    /** @param stayed time between entering and leaving, by capture times */
    record Left(Track track, String zone, Duration stayed) implements SceneChange {}

    /** Said once per visit. @param stayed time since entering */
    record Dwelled(Track track, String zone, Duration stayed) implements SceneChange {}

    /** @param direction {@code a-to-b} or {@code b-to-a}, see {@link Line} */
    record Crossed(Track track, String line, String direction) implements SceneChange {}
}
