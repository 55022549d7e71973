package io.sightline.engine.video;

/**
 * What a source offers.
 *
 * @param codec short name as FFmpeg has it, for example {@code h264}; {@code drawn} for the demo scene
 * @param width pixels
 * @param height pixels
 * @param framesPerSecond nominal rate, 0 where the stream does not tell
 * @param frames number of frames in a finite source, 0 where it is unknown or endless
 */
public record StreamInfo(String codec, int width, int height, double framesPerSecond, long frames) {
    StreamInfo withSize(int newWidth, int newHeight) {
        return new StreamInfo(codec, newWidth, newHeight, framesPerSecond, frames);
    }
}
