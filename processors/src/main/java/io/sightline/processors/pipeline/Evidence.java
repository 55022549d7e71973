package io.sightline.processors.pipeline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;
import io.sightline.processors.clips.ClipRef;
import java.time.Instant;
import java.util.Optional;

/** What a detection is proved with, beside its picture. Any thread. */
public interface Evidence {
    /** How sharp a part of a frame is: 0 for a flat one, about 100 for a blurred one, more than 500 for a sharp one. */
    double sharpness(Frame frame, BoundingBox box);

    /**
     * Cuts a box and some of what is around it out of a picture.
     *
     * @param jpeg the very picture that is kept, so that the part shows nothing that the whole does not
     * @return a JPEG
     */
    byte[] crop(byte[] jpeg, BoundingBox box);

    /**
     * A detection begins. Waits for nothing.
     *
     * @param since when it was first seen
     * @return the clip that will show it; empty where none is written
     */
    default Optional<ClipRef> begin(String cameraId, String detectionId, Instant since) {
        return Optional.empty();
    }

    /**
     * An event about a detection that goes on is sent. Waits for nothing.
     *
     * @return the clip that shows how it began, as it stands now
     */
    default Optional<ClipRef> refer(String detectionId) {
        return Optional.empty();
    }

    /** A detection has ended. Waits for nothing. @return the clip that shows how it began */
    default Optional<ClipRef> end(String detectionId, Instant lastSeen) {
        return Optional.empty();
    }

    /** SHA-256 of the settings in force, in lower case hex. */
    String revision();
}
