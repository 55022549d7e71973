package io.sightline.engine.packet;

import java.time.Instant;

/**
 * One encoded picture, or what a stream sends as one.
 *
 * @param bytes as the stream had them; shared by all taps, not to be changed
 * @param pts when it is shown, in ticks of its {@link StreamFormat}; {@link #NO_TIME} where the stream does not tell
 * @param dts when it is decoded, in the same ticks; {@link #NO_TIME} where the stream does not tell
 * @param key whether decoding can begin here
 * @param capturedAt when it was taken, by the hub's clock
 */
public record EncodedPacket(byte[] bytes, long pts, long dts, boolean key, Instant capturedAt) {
    /** A time that is not known; the value that FFmpeg has for it. */
    public static final long NO_TIME = Long.MIN_VALUE;

    @Override
    public String toString() {
        return "EncodedPacket[" + bytes.length + " bytes, " + (key ? "key, " : "") + capturedAt + "]";
    }
}
