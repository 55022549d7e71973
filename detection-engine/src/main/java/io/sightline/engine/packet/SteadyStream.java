package io.sightline.engine.packet;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A stream as it may be kept: with times in nanoseconds that grow whatever the camera's clock does, and with the parameter
 * sets that it sends among its pictures. One thread at a time.
 */
final class SteadyStream {
    private static final long NONE = EncodedPacket.NO_TIME;
    private static final long LONGEST_GAP = 10_000_000_000L;
    /** Streams with pictures out of order may repeat themselves by so much. */
    private static final long DISORDER = 1_000_000_000L;

    private static final long USUAL_STEP = 40_000_000L;
    private static final long SHORTEST_STEP = 100_000L;

    private final StreamFormat.Tick tick;
    private StreamFormat format;
    private Set<ByteBuffer> sets = Set.of();
    private long offset;
    private long last = NONE;
    private long step = USUAL_STEP;

    /** @param format as the demuxer knows it; parameter sets within the stream replace its own */
    SteadyStream(StreamFormat format) {
        this.tick = format.tick();
        this.format = new StreamFormat(
                format.codec(),
                format.codecId(),
                format.width(),
                format.height(),
                format.extra(),
                StreamFormat.Tick.NANOSECOND);
    }

    /** With times in nanoseconds. */
    StreamFormat format() {
        return format;
    }

    /** Whether a file can be begun: until then a key picture with parameter sets is awaited. */
    boolean isComplete() {
        return format.extra().length > 0 && format.width() > 0 && format.height() > 0;
    }

    /** @return whether {@link #format()} is another from this packet on */
    boolean changes(EncodedPacket packet) {
        boolean startCodes = format.extra().length == 0 || format.extra()[0] == 0; // else a configuration record
        if (!packet.key() || !startCodes) {
            return false;
        }
        Set<ByteBuffer> found = ParameterSets.in(format.codec(), packet.bytes());
        if (sets.containsAll(found)) { // some cameras send them twice, or only some of them, now and then
            return false;
        }
        boolean first = sets.isEmpty() && isComplete();
        sets = ParameterSets.renewed(format.codec(), sets, found);
        StreamFormat before = format;
        StreamFormat renewed = before.with(ParameterSets.bytes(sets));
        format = first ? renewed : sized(packet, renewed);
        return !format.equals(before);
    }

    private static StreamFormat sized(EncodedPacket packet, StreamFormat known) {
        return PacketSize.of(known.codecId(), packet.bytes())
                .map(size -> known.with(size.width(), size.height()))
                .orElse(known);
    }

    /** The same packet with times in nanoseconds: when it is decoded grows, when it is shown is never before that. */
    EncodedPacket steady(EncodedPacket packet) {
        long pts = tick.nanos(packet.pts());
        long stream = packet.dts() == NONE ? pts : tick.nanos(packet.dts());
        long dts = stream == NONE ? next() : continued(stream);
        last = dts;
        return new EncodedPacket(
                packet.bytes(),
                pts == NONE ? dts : Math.max(dts, pts + offset),
                dts,
                packet.key(),
                packet.capturedAt());
    }

    private long continued(long stream) {
        long next = stream + offset;
        boolean jump = last == NONE || next < last - DISORDER || next > last + LONGEST_GAP;
        if (jump) {
            next = next();
            offset = next - stream;
        } else if (next <= last) {
            return last + SHORTEST_STEP;
        } else {
            step = next - last;
        }
        return next;
    }

    private long next() {
        return last == NONE ? 0 : last + step;
    }
}
