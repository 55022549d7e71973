package io.sightline.engine.packet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last packets of a stream, in groups that begin with a key packet, numbered as they came. Whole groups go when those
 * after them reach back far enough, or when they are too large together; a group that is too large alone keeps its
 * beginning only. One thread at a time.
 */
final class KeptPackets {
    /** How far back a picture may be asked for: what a detector takes at most, and more. */
    private static final Duration REACH = Duration.ofSeconds(2);

    private final long mostBytes;
    private final Deque<Group> groups = new ArrayDeque<>();
    private long bytes;
    private long next;

    private static final class Group {
        private final long first;
        private final List<EncodedPacket> packets = new ArrayList<>();
        private long bytes;
        private boolean full;

        private Group(long first) {
            this.first = first;
        }

        private long last() {
            return first + packets.size() - 1;
        }
    }

    /**
     * A packet that is kept.
     *
     * @param key number of the key packet that decoding begins with
     * @param number its own
     */
    record Spot(long key, long number) {}

    KeptPackets(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What comes before the first key packet is of no use. */
    void add(EncodedPacket packet) {
        if (packet.key()) {
            groups.addLast(new Group(next));
        }
        Group newest = groups.peekLast();
        if (newest == null) {
            return;
        }
        int size = packet.bytes().length;
        if (newest.full || newest.bytes + size > mostBytes) {
            newest.full = true;
            return;
        }
        newest.packets.add(packet);
        newest.bytes += size;
        bytes += size;
        next++;
        trim(packet.capturedAt().minus(REACH));
    }

    private void trim(Instant reach) {
        while (groups.size() > 1 && (bytes > mostBytes || secondBegan().isBefore(reach))) {
            bytes -= groups.removeFirst().bytes;
        }
    }

    private Instant secondBegan() {
        return groups.stream()
                .skip(1)
                .flatMap(group -> group.packets.stream())
                .findFirst()
                .map(EncodedPacket::capturedAt)
                .orElse(Instant.MAX);
    }

    /** The packet that was taken nearest to a moment, and no farther from it than that. */
    Optional<Spot> nearest(Instant wanted, Duration farthest) {
        Spot best = null;
        Duration distance = farthest.plusNanos(1);
        for (Group group : groups) {
            for (int i = 0; i < group.packets.size(); i++) {
                Duration off = Duration.between(wanted, group.packets.get(i).capturedAt())
                        .abs();
                if (off.compareTo(distance) < 0) {
                    distance = off;
                    best = new Spot(group.first, group.first + i);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    EncodedPacket get(long number) {
        Group group = groupOf(number);
        if (group == null) {
            throw new IllegalArgumentException("packet " + number + " is not kept");
        }
        return group.packets.get((int) (number - group.first));
    }

    /** Number of the last packet that belongs to the same key packet. */
    long lastOfGroup(Spot spot) {
        Group group = groupOf(spot.number());
        return group == null ? spot.number() : group.last();
    }

    private @Nullable Group groupOf(long number) {
        for (Group group : groups) {
            if (number >= group.first && number <= group.last()) {
                return group;
            }
        }
        return null;
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        groups.clear();
        bytes = 0;
    }
}
