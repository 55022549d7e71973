package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.util.ArrayList;
import java.util.List;

/** Finds objects in pictures. Any number of threads may call {@link #detect} at once; each call uses one thread. */
public interface Detector extends AutoCloseable {

    DetectorInfo info();

    /**
     * Looks at one frame. The frame stays the caller's.
     *
     * @return what was found, also hints less certain than the configured confidence, which only keep a known track
     *     alive (see {@link DetectorSpec#hintConfidence()}); boxes in pixels of the frame, cut to its edges, highest confidence first
     * @throws DetectionException if this frame could not be looked at; the detector stays usable
     */
    List<SeenObject> detect(Frame frame) throws DetectionException;

    /**
     * Looks at parts of a frame, where that is cheaper; a detector that gains nothing from it looks at all of it.
     *
     * @param regions where something may be, in pixels of the frame, at least one
     * @return as {@link #detect(Frame)}; boxes may also lie outside the regions
     */
    default List<SeenObject> detect(Frame frame, List<BoundingBox> regions) throws DetectionException {
        return detect(frame);
    }

    /** Most frames that are better looked at together than one after the other; 1: nothing is gained. Does not change. */
    default int batchSize() {
        return 1;
    }

    /**
     * Looks at several frames, in one go where that is cheaper. The frames stay the caller's; more than {@link #batchSize()}
     * are looked at in several goes.
     *
     * @return for each frame what {@link #detect(Frame)} returns
     * @throws DetectionException if one of them could not be looked at; nothing is known of the others then
     */
    default List<List<SeenObject>> detectAll(List<Frame> frames) throws DetectionException {
        var all = new ArrayList<List<SeenObject>>();
        for (Frame frame : frames) {
            all.add(detect(frame));
        }
        return all;
    }

    /**
     * Whether the regions are what this detector tells of: then it is always handed what moves, and that alone, also
     * when all of the frame is to be looked at.
     */
    default boolean needsMotion() {
        return false;
    }

    /** Gives back native memory. Waits for calls under way; may be called twice. */
    @Override
    void close();
}
