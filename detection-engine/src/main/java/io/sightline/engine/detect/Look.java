package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.util.List;

/**
 * One frame to be looked at for a camera.
 *
 * @param frame stays the caller's
 * @param regions where to look, in pixels of the frame; empty for all of it
 * @param priority how large a share the camera gets now
 */
public record Look(String cameraId, Detector detector, Frame frame, List<BoundingBox> regions, Priority priority) {
    public Look {
        regions = List.copyOf(regions);
    }

    public Look(String cameraId, Detector detector, Frame frame, List<BoundingBox> regions) {
        this(cameraId, detector, frame, regions, Priority.NORMAL);
    }

    /** At all of the frame. */
    public Look(String cameraId, Detector detector, Frame frame) {
        this(cameraId, detector, frame, List.of());
    }

    public Look withPriority(Priority other) {
        return new Look(cameraId, detector, frame, regions, other);
    }

    List<SeenObject> run() throws DetectionException {
        return regions.isEmpty() ? detector.detect(frame) : detector.detect(frame, regions);
    }
}
