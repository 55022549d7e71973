package io.sightline.engine.packet;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a decoder or a file's header must know of a stream.
 *
 * @param codec short name as FFmpeg has it, for example {@code h264}
 * @param codecId FFmpeg's number of that codec
 * @param width pixels
 * @param height pixels
 * @param extra the codec's own parameters, for H.264 and H.265 its parameter sets with start codes or the configuration
 *     record of ISO/IEC 14496-15; may be empty; not to be changed
 * @param tick length of a tick of the packets' times
 */
public record StreamFormat(String codec, int codecId, int width, int height, byte[] extra, Tick tick) {
    private static final int CONFIGURATION_RECORD = 1;
    private static final int TYPE_OF_NAL = 0x1f;
    private static final int SEQUENCE_PARAMETER_SET = 7;

    /**
     * A length of time as a fraction of a second.
     *
     * @param numerator at least 1
     * @param denominator at least 1
     */
    public record Tick(int numerator, int denominator) {
        /** A billionth of a second. */
        public static final Tick NANOSECOND = new Tick(1, 1_000_000_000);

        /** So many ticks in nanoseconds; {@link EncodedPacket#NO_TIME} stays what it is. */
        public long nanos(long ticks) {
            if (ticks == EncodedPacket.NO_TIME || equals(NANOSECOND)) {
                return ticks;
            }
            return Math.round(ticks * 1e9 * numerator / denominator);
        }

        /** So many nanoseconds in ticks, at least one. */
        long ticks(long nanos) {
            return Math.max(1, Math.round(nanos / 1e9 * denominator / numerator));
        }
    }

    /** The codec as browsers want it named (RFC 6381), for example {@code avc1.64001f}; empty for all but H.264. */
    public Optional<String> browserCodec() {
        int at = profile();
        return at < 0 || at + 3 > extra.length
                ? Optional.empty()
                : Optional.of(String.format("avc1.%02x%02x%02x", extra[at], extra[at + 1], extra[at + 2]));
    }

    /** Where profile, constraints and level stand, one byte each; -1 where they are not found. */
    private int profile() {
        if (!codec.equals("h264") || extra.length == 0) {
            return -1;
        }
        if (extra[0] == CONFIGURATION_RECORD) {
            return 1;
        }
        for (int i = 0; i + 4 <= extra.length; i++) {
            boolean start = extra[i] == 0 && extra[i + 1] == 0 && extra[i + 2] == 1;
            if (start && (extra[i + 3] & TYPE_OF_NAL) == SEQUENCE_PARAMETER_SET) {
                return i + 4;
            }
        }
        return -1;
    }

    StreamFormat with(byte[] otherExtra) {
        return new StreamFormat(codec, codecId, width, height, otherExtra, tick);
    }

    StreamFormat with(int otherWidth, int otherHeight) {
        return new StreamFormat(codec, codecId, otherWidth, otherHeight, extra, tick);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamFormat format
                && codec.equals(format.codec)
                && codecId == format.codecId
                && width == format.width
                && height == format.height
                && Arrays.equals(extra, format.extra)
                && tick.equals(format.tick);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extra);
    }

    @Override
    public String toString() {
        return "StreamFormat[" + codec + ", " + width + "x" + height + "]";
    }
}
