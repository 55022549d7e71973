package io.sightline.camera.streams;

import io.sightline.engine.video.VideoSettings;
import java.util.Optional;

/**
 * Which of a camera's streams are for what, beside the one whose pictures enter the route.
 *
 * @param snapshot address of the stream that snapshots are taken from, where it is another one; same login
 * @param record address of the stream that is recorded, where it is another one; same login
 * @param decode what is decoded of the stream whose pictures enter the route
 */
public record CameraStreams(Optional<String> snapshot, Optional<String> record, VideoSettings.Decode decode) {
    /** One stream for everything, all of it decoded. */
    public static final CameraStreams ONE =
            new CameraStreams(Optional.empty(), Optional.empty(), VideoSettings.Decode.EVERYTHING);

    @Override
    public String toString() {
        return "CameraStreams[" + decode + "]";
    }
}
