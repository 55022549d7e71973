package io.sightline.hub.proof;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The events of some sources by start and number, with a fingerprint of each id. Not for several threads. */
final class Numbers {
    private static final long ABSENT = 0;
    private static final int FIRST_SIZE = 64;

    private final Map<String, Stream> streams = new HashMap<>();

    /** @return the fingerprint of what was there before; 0 if nothing */
    long put(String source, String sequence, String id) {
        return streams.computeIfAbsent(stream(source, sequence), name -> new Stream())
                .put(number(sequence), fingerprint(id));
    }

    /** How many of these are missing or different in the other. */
    long missingIn(Numbers other) {
        long missing = 0;
        for (var entry : streams.entrySet()) {
            Stream there = other.streams.get(entry.getKey());
            Stream here = entry.getValue();
            for (int number = 1; number <= here.highest; number++) {
                boolean wanted = here.get(number) != ABSENT;
                if (wanted && (there == null || there.get(number) != here.get(number))) {
                    missing++;
                }
            }
        }
        return missing;
    }

    Numbers copy() {
        var copy = new Numbers();
        streams.forEach((name, stream) -> copy.streams.put(name, stream.copy()));
        return copy;
    }

    long gaps() {
        return streams.values().stream()
                .mapToLong(stream -> stream.highest - stream.count)
                .sum();
    }

    long count() {
        return streams.values().stream().mapToLong(stream -> stream.count).sum();
    }

    private static String stream(String source, String sequence) {
        return source + " " + sequence.substring(0, sequence.indexOf('-'));
    }

    private static int number(String sequence) {
        return Integer.parseInt(sequence.substring(sequence.indexOf('-') + 1));
    }

    static long fingerprint(String id) {
        UUID uuid = UUID.fromString(id);
        return Long.rotateLeft(uuid.getMostSignificantBits(), 17) ^ uuid.getLeastSignificantBits();
    }

    private static final class Stream {
        private long[] ids = new long[FIRST_SIZE];
        private int highest;
        private int count;

        Stream copy() {
            var copy = new Stream();
            copy.ids = ids.clone();
            copy.highest = highest;
            copy.count = count;
            return copy;
        }

        long get(int number) {
            return number < ids.length ? ids[number] : ABSENT;
        }

        long put(int number, long fingerprint) {
            if (number >= ids.length) {
                ids = Arrays.copyOf(ids, Math.max(number + 1, ids.length * 2));
            }
            long before = ids[number];
            if (before == ABSENT) {
                ids[number] = fingerprint;
                highest = Math.max(highest, number);
                count++;
            }
            return before;
        }
    }
}
