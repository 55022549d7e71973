package io.sightline.engine.packets;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One picture as the camera encoded it.
 *
 * @param ptsNanos when it is shown, in nanoseconds since the stream began; never before {@code dtsNanos}
 * @param dtsNanos when it is decoded; grows from packet to packet, also where the camera's own clock jumps
 * @param key whether a decoder can begin with it
 * @param capturedAt when the picture was taken, by the hub's clock
 * @param bytes from position to limit; the codec's start codes or lengths as the source has them
 */
public record EncodedPacket(long ptsNanos, long dtsNanos, boolean key, Instant capturedAt, ByteBuffer bytes) {
    /** Number of its bytes. */
    public int size() {
        return bytes.remaining();
    }
}
