package io.sightline.engine.packet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the packets of a ring in order, from a key frame on. One thread at a time; holds no memory of the ring. */
public final class RingReader implements AutoCloseable {
    private final PacketRing ring;
    private final StreamFormat format;
    private final Place start;
    private long next;
    private long lost;
    private boolean jumped;

    /** Where a reader begins: run of the ring, number of the packet and when that was taken. */
    record Place(int run, long number, Instant capturedAt) {}

    RingReader(PacketRing ring, StreamFormat format, Place start) {
        this.ring = ring;
        this.format = format;
        this.start = start;
        this.next = start.number();
    }

    long startNumber() {
        return start.number();
    }

    public StreamFormat format() {
        return format;
    }

    /** When the picture was taken that this reader begins with. */
    public Instant startsAt() {
        return start.capturedAt();
    }

    /** The next packet, with bytes of its own; empty while there is none, or for ever if {@link #isOver}. */
    public Optional<EncodedPacket> next() {
        PacketRing.Numbered found = ring.packet(this, start.run(), next);
        if (found == null) {
            return Optional.empty();
        }
        missed(found.number());
        next = found.number() + 1;
        return Optional.of(found.packet());
    }

    private void missed(long upTo) {
        lost += upTo - next;
        jumped |= upTo > next;
    }

    /** Goes on with the newest key frame, if that is further on. What lies between counts as lost. */
    public void skip() {
        long key = ring.newestKey();
        if (key > next) {
            missed(key);
            next = key;
        }
    }

    /** Whether packets were missed since this was asked the last time: what comes next does not go on from the last. */
    public boolean hasJumped() {
        boolean did = jumped;
        jumped = false;
        return did;
    }

    /** Packets that were gone before they were read. */
    public long lost() {
        return lost;
    }

    /** How much there is to read, in time. */
    public Duration behind() {
        return Duration.ofNanos(ring.behind(start.run(), next));
    }

    /** Whether nothing comes any more, because the stream began anew or the ring was stopped. */
    public boolean isOver() {
        return !ring.isRun(start.run());
    }

    /** The ring need not keep anything for this any more. */
    @Override
    public void close() {
        ring.release(this);
    }
}
