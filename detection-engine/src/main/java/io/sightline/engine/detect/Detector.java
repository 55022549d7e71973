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

    /** Frames that {@link #detectAll} gains from having at once; 1 where it gains nothing. Does not change. */
    default int batchSize() {
        return 1;
    }

    /**
     * Looks at whole frames, also of different cameras and sizes.
     *
     * @param frames at least one, at most {@link #batchSize()}; stay the caller's
     * @return as {@link #detect(Frame)}, one list per frame, in their order
     * @throws DetectionException if one of them could not be looked at
     */
    default List<List<SeenObject>> detectAll(List<Frame> frames) throws DetectionException {
        List<List<SeenObject>> found = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            found.add(detect(frame));
        }
        return found;
    }

    /** Gives back native memory. Waits for calls under way; may be called twice. */
    @Override
    void close();
}
