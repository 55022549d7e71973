package io.sightline.engine.offline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.FrameInfo;
import java.time.Duration;
import java.util.List;

/**
 * The tracks that one frame showed.
 *
 * @param time since the recording's first picture
 * @param boxes sorted by track id
 */
public record FrameResult(FrameInfo frame, Duration time, List<TrackedBox> boxes) {
    public FrameResult {
        boxes = List.copyOf(boxes);
    }

    /**
     * One track in one frame.
     *
     * @param confidence 0 to 1
     * @param box in pixels of the original picture
     */
    public record TrackedBox(int trackId, String label, double confidence, BoundingBox box) {}
}
