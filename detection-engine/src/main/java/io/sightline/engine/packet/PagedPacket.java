package io.sightline.engine.packet;

import java.time.Instant;

/**
 * A packet whose bytes lie outside the heap.
 *
 * @param position of its first byte in its pages
 * @param size bytes
 */
record PagedPacket(long position, int size, long pts, long dts, boolean key, Instant capturedAt) {
    /** Bytes that a packet takes besides its own: this, the time and the place among the others, with a 64-bit JVM. */
    private static final int BESIDES = 150;

    /** @throws OutOfMemoryError if there is no memory outside the heap; nothing was written then */
    static PagedPacket write(EncodedPacket packet, PacketPages pages) {
        return new PagedPacket(
                pages.write(packet.bytes()),
                packet.bytes().length,
                packet.pts(),
                packet.dts(),
                packet.key(),
                packet.capturedAt());
    }

    EncodedPacket read(PacketPages pages) {
        return new EncodedPacket(pages.read(position, size), pts, dts, key, capturedAt);
    }

    /** Bytes of memory for so many packets: very small ones cost more than they hold. */
    static long cost(long bytes, long packets) {
        return bytes + packets * BESIDES;
    }
}
