package io.sightline.engine.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the parameter sets that stand before the first picture of a packet with start codes (H.264 and H.265, annex B). */
final class ParameterSets {
    private static final byte[] START = {0, 0, 0, 1};

    private ParameterSets() {}

    /**
     * @param codec {@code h264} or {@code hevc}
     * @return each of them once, without start codes; none where the packet has lengths instead of start codes
     */
    static Set<ByteBuffer> in(String codec, byte[] packet) {
        var sets = new LinkedHashSet<ByteBuffer>();
        int unit = startCode(packet, 0);
        if (unit < 0 || unit > START.length) {
            return sets;
        }
        while (unit >= 0 && unit < packet.length && !isPicture(codec, packet[unit])) {
            int next = startCode(packet, unit);
            if (isSet(codec, packet[unit])) {
                sets.add(set(packet, unit, next));
            }
            unit = next;
        }
        return sets;
    }

    /** @param newer take the place of those of their kinds. @return in the order in which a decoder needs them */
    static Set<ByteBuffer> renewed(String codec, Set<ByteBuffer> sets, Set<ByteBuffer> newer) {
        var byKind = new TreeMap<>(sets.stream().collect(Collectors.groupingBy(set -> type(codec, set.get(0)))));
        byKind.putAll(newer.stream().collect(Collectors.groupingBy(set -> type(codec, set.get(0)))));
        return byKind.values().stream()
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One after the other, each behind a start code. */
    static byte[] bytes(Set<ByteBuffer> sets) {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuffer set : sets) {
            bytes.writeBytes(START);
            bytes.write(set.array(), set.arrayOffset(), set.remaining());
        }
        return bytes.toByteArray();
    }

    private static ByteBuffer set(byte[] packet, int unit, int next) {
        int end = next < 0 ? packet.length : next - 3;
        while (end > unit && packet[end - 1] == 0) {
            end--; // a fourth byte of the next start code
        }
        return ByteBuffer.wrap(Arrays.copyOfRange(packet, unit, end));
    }

    /** @return where the unit after the next start code begins, -1 where there is none */
    private static int startCode(byte[] packet, int from) {
        for (int i = from; i + 3 < packet.length; i++) {
            if (packet[i + 2] > 1) {
                i += 2; // none can begin here or at the next two
            } else if (packet[i] == 0 && packet[i + 1] == 0 && packet[i + 2] == 1) {
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
