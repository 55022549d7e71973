package io.sightline.processors.pipeline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;

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

    /** SHA-256 of the settings in force, in lower case hex. */
    String revision();
}
