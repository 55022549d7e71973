package io.sightline.engine.track;

import java.util.List;

/**
 * What one frame changed.
 *
 * @param started tracks that are now certain; each also stands in {@code active}
 * @param active all certain tracks that live on, the unseen ones too
 * @param ended tracks that were given up, as they stood last
 */
public record TrackUpdate(List<Track> started, List<Track> active, List<Track> ended) {
    public TrackUpdate {
        started = List.copyOf(started);
        active = List.copyOf(active);
        ended = List.copyOf(ended);
    }
}
