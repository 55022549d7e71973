package io.sightline.engine.track;

import java.util.ArrayList;
import java.util.List;

/**
 * What one frame changed.
 *
 * @param started tracks that are now certain; each also stands in {@code active}
 * @param resumed tracks that were lost and are known again by their looks; each also stands in {@code active}
 * @param active all certain tracks that live on, the unseen ones too
 * @param left tracks that ended at the edge of the picture, as they stood last
 * @param lost tracks that ended within the picture, not seen for too long, as they stood last
 */
public record TrackUpdate(
        List<Track> started, List<Track> resumed, List<Track> active, List<Track> left, List<Track> lost) {
    public TrackUpdate {
        started = List.copyOf(started);
        resumed = List.copyOf(resumed);
        active = List.copyOf(active);
        left = List.copyOf(left);
        lost = List.copyOf(lost);
    }

    /** All tracks that ended, whatever the reason. */
    public List<Track> ended() {
        if (lost.isEmpty()) {
            return left;
        }
        if (left.isEmpty()) {
            return lost;
        }
        var ended = new ArrayList<>(left);
        ended.addAll(lost);
        return List.copyOf(ended);
    }
}
