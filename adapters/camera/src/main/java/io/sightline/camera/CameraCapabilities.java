package io.sightline.camera;

import java.util.Optional;

/**
 * What a camera offers, as its stream says.
 *
 * @param codec short name of the pictures' coding as FFmpeg has it, for example {@code h264}
 * @param profile of that coding, for example {@code High}; empty where it is not known
 * @param width pixels
 * @param height pixels
 * @param framesPerSecond announced rate, 0 where the stream does not tell
 * @param sound short name of the sound's coding, {@link #NO_SOUND} where there is none; empty while that is not known
 */
public record CameraCapabilities(
        String codec, Optional<String> profile, int width, int height, double framesPerSecond, Optional<String> sound) {
    /** The stream has no sound. */
    public static final String NO_SOUND = "none";
}
