package io.sightline.engine.packet;

/**
 * What a decoder or a file's header must know of a stream.
 *
 * @param codec short name as FFmpeg has it, for example {@code h264}
 * @param codecId FFmpeg's number of that codec
 * @param width pixels
 * @param height pixels
 * @param extra the codec's own parameters, for H.264 and H.265 its parameter sets; may be empty
 * @param tick length of a tick of the packets' times
 */
public record StreamFormat(String codec, int codecId, int width, int height, byte[] extra, Tick tick) {

    /**
     * A length of time as a fraction of a second.
     *
     * @param numerator at least 1
     * @param denominator at least 1
     */
    public record Tick(int numerator, int denominator) {}

    @Override
    public String toString() {
        return "StreamFormat[" + codec + ", " + width + "x" + height + "]";
    }
}
