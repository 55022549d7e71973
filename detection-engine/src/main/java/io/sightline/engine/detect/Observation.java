package io.sightline.engine.detect;

import io.sightline.engine.video.FrameInfo;
import java.util.List;

/** What the detector saw in one frame; empty where it saw nothing. Transient: never stored, never a durable event. */
public record Observation(FrameInfo frame, List<SeenObject> objects) {
    public Observation {
        objects = List.copyOf(objects);
    }
}
