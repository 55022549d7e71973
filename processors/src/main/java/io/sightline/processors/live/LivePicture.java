package io.sightline.processors.live;

import io.sightline.engine.track.Track;
import io.sightline.engine.video.FrameInfo;
import java.util.List;

/**
 * What a camera shows now.
 *
 * @param number grows with every frame of this camera within one run of the hub, from 1
 * @param tracks who was seen in it
 * @param jpeg the picture with what was wanted drawn into it; shared by all viewers, not to be changed
 */
public record LivePicture(long number, FrameInfo frame, List<Track> tracks, byte[] jpeg) {
    public LivePicture {
        tracks = List.copyOf(tracks);
    }

    @Override
    public String toString() {
        return "LivePicture[" + number + ", " + frame + "]";
    }
}
