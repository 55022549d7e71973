package io.sightline.engine.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Finds the parameter sets that stand before the first picture of a packet with start codes (H.264 and H.265, annex B). */
final class ParameterSets {
    private static final byte[] START = {0, 0, 0, 1};

    private ParameterSets() {}

    /**
     * @param codec {@code h264} or {@code hevc}
     * @return all of them with start codes; empty where there are none, or the packet has lengths instead of start codes
     */
    static byte[] in(String codec, ByteBuffer packet) {
        var sets = new ByteArrayOutputStream();
        int start = packet.position();
        int unit = startCode(packet, start);
        if (unit < 0 || unit > start + START.length) {
            return new byte[0];
        }
        while (unit >= 0 && unit < packet.limit() && !isPicture(codec, packet.get(unit))) {
            int next = startCode(packet, unit);
            if (isSet(codec, packet.get(unit))) {
                add(sets, packet, unit, next);
            }
            unit = next;
        }
        return sets.toByteArray();
    }

    private static void add(ByteArrayOutputStream sets, ByteBuffer packet, int unit, int next) {
        int end = next < 0 ? packet.limit() : next - 3;
        while (end > unit && packet.get(end - 1) == 0) {
            end--; // a fourth byte of the next start code
        }
        var bytes = new byte[end - unit];
        packet.get(unit, bytes);
        sets.writeBytes(START);
        sets.writeBytes(bytes);
    }

    /** @return where the unit after the next start code begins, -1 where there is none */
    private static int startCode(ByteBuffer packet, int from) {
        for (int i = from; i + 3 < packet.limit(); i++) {
            if (packet.get(i + 2) > 1) {
                i += 2; // none can begin here or at the next two
            } else if (packet.get(i) == 0 && packet.get(i + 1) == 0 && packet.get(i + 2) == 1) {
                return i + 3;
            }
        }
        return -1;
    }

    private static boolean isPicture(String codec, byte head) {
        int type = type(codec, head);
        return codec.equals("h264") ? type >= 1 && type <= 5 : type < 32;
    }

    private static boolean isSet(String codec, byte head) {
        int type = type(codec, head);
        return codec.equals("h264") ? type == 7 || type == 8 : type >= 32 && type <= 34;
    }

    private static int type(String codec, byte head) {
        return codec.equals("h264") ? head & 0x1f : head >> 1 & 0x3f;
    }
}
