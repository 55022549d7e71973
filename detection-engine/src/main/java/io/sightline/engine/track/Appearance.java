package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;

/** What the objects of one frame look like. Valid as long as the frame's pixels are; used by the tracker's thread. */
@FunctionalInterface
public interface Appearance {
    /** Nothing is known of the pixels: objects are told apart by where they are. */
    Appearance UNKNOWN = (box, into) -> false;

    /**
     * Reads the colours of an object.
     *
     * @param box in pixels of the frame; may reach beyond it
     * @param into takes the colours; cleared before
     * @return false where too little of the box is in the picture, or nothing is known
     */
    boolean read(BoundingBox box, Colours into);
}
