package io.sightline.engine.packet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The last packets of a stream, outside the heap, in groups that begin with a key packet, numbered as they came. Whole
 * groups go when those after them reach back far enough, or when they are too large together; a group that is too large
 * alone keeps its beginning only. Where all streams together have too many, what the one has goes that finds no room. One
 * thread at a time.
 */
final class KeptPackets {
    /** How far back a picture may be asked for: what a detector takes at most, and more. */
    private static final Duration REACH = Duration.ofSeconds(2);

    /** Bytes for all streams of the process: forty of 8 Mbit/s with a key packet every second or two. */
    private static final long TOGETHER = 128L << 20;

    private static final Semaphore LEFT = new Semaphore((int) (TOGETHER / PacketPages.PAGE));

    private final long mostBytes;
    private final PacketPages pages;
    private final Deque<Group> groups = new ArrayDeque<>();
    private long bytes;
    private long count;
    private long next;
    private long shortened;

    private static final class Group {
        private final long first;
        private final List<PagedPacket> packets = new ArrayList<>();
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

    /** @param mostBytes of memory for all packets together */
    KeptPackets(long mostBytes) {
        this(mostBytes, LEFT);
    }

    /** @param left pages that may still be taken, by this and by others */
    KeptPackets(long mostBytes, Semaphore left) {
        this.mostBytes = mostBytes;
        this.pages = new PacketPages(left);
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
        boolean large = PagedPacket.cost(newest.bytes + size, newest.packets.size() + 1L) > mostBytes;
        if (newest.full || large) {
            newest.full = true;
            return;
        }
        try {
            newest.packets.add(PagedPacket.write(packet, pages));
        } catch (OutOfMemoryError e) { // outside the heap: nothing else is spoilt
            shortened++;
            clear();
            return;
        }
        newest.bytes += size;
        bytes += size;
        count++;
        next++;
        trim(packet.capturedAt().minus(REACH));
    }

    private void trim(Instant reach) {
        boolean gone = false;
        while (groups.size() > 1
                && (PagedPacket.cost(bytes, count) > mostBytes || secondBegan().isBefore(reach))) {
            Group old = groups.removeFirst();
            bytes -= old.bytes;
            count -= old.packets.size();
            gone = true;
        }
        if (gone) {
            groups.element().packets.stream().findFirst().ifPresent(one -> pages.forgetBefore(one.position()));
        }
    }

    private Instant secondBegan() {
        return groups.stream()
                .skip(1)
                .flatMap(group -> group.packets.stream())
                .findFirst()
                .map(PagedPacket::capturedAt)
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
        return group.packets.get((int) (number - group.first)).read(pages);
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

    /** How often everything was dropped, for want of room. */
    long shortened() {
        return shortened;
    }

    void clear() {
        groups.clear();
        pages.clear();
        bytes = 0;
        count = 0;
    }
}
