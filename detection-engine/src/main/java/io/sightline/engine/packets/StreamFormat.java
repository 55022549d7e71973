package io.sightline.engine.packets;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known before the first packet.
 *
 * @param codec short name as FFmpeg has it, one of {@link #CODECS}
 * @param width pixels
 * @param height pixels
 * @param parameterSets the codec's own description of the stream: parameter sets with start codes, or the configuration
 *     record of ISO/IEC 14496-15; not empty, not to be changed
 */
public record StreamFormat(String codec, int width, int height, byte[] parameterSets) {
    /** Codecs whose packets can be kept: those that browsers, or most of them, play. */
    public static final Set<String> CODECS = Set.of("h264", "hevc");

    private static final int CONFIGURATION_RECORD = 1;
    private static final int TYPE_OF_NAL = 0x1f;
    private static final int SEQUENCE_PARAMETER_SET = 7;

    public StreamFormat {
        if (!CODECS.contains(codec) || width < 1 || height < 1 || parameterSets.length == 0) {
            throw new IllegalArgumentException("stream " + codec + " of " + width + "x" + height + " with "
                    + parameterSets.length + " bytes of parameters: allowed are " + CODECS + " with all of these");
        }
    }

    /** The codec as browsers want it named (RFC 6381), for example {@code avc1.64001f}; empty for all but H.264. */
    public Optional<String> browserCodec() {
        int at = profile();
        return at < 0 || at + 3 > parameterSets.length
                ? Optional.empty()
                : Optional.of(String.format(
                        "avc1.%02x%02x%02x", parameterSets[at], parameterSets[at + 1], parameterSets[at + 2]));
    }

    /** Where profile, constraints and level stand, one byte each; -1 where they are not found. */
    private int profile() {
        if (!codec.equals("h264")) {
            return -1;
        }
        if (parameterSets[0] == CONFIGURATION_RECORD) {
            return 1;
        }
        for (int i = 0; i + 4 <= parameterSets.length; i++) {
            boolean start = parameterSets[i] == 0 && parameterSets[i + 1] == 0 && parameterSets[i + 2] == 1;
            if (start && (parameterSets[i + 3] & TYPE_OF_NAL) == SEQUENCE_PARAMETER_SET) {
                return i + 4;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamFormat format
                && codec.equals(format.codec)
                && width == format.width
                && height == format.height
                && Arrays.equals(parameterSets, format.parameterSets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parameterSets);
    }

    @Override
    public String toString() {
        return "StreamFormat[" + codec + " " + width + "x" + height + "]";
    }
}
