package io.sightline.engine.video;

import io.sightline.engine.packets.EncodedPacket;
import io.sightline.engine.packets.PacketTap;
import io.sightline.engine.packets.StreamFormat;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives a tap what a demuxer reads, with times that grow whatever the camera's clock does, and with the time of capture
 * that frames of the same stream time have. The reader's thread.
 */
final class PacketFeed {
    /** A time stamp that is missing. */
    static final long NONE = Long.MIN_VALUE;

    private static final long LONGEST_GAP = 10_000_000_000L;
    /** Streams with pictures out of order may repeat themselves by so much. */
    private static final long DISORDER = 1_000_000_000L;

    private static final long USUAL_STEP = 40_000_000L;
    private static final long SHORTEST_STEP = 100_000L;

    private final PacketTap tap;
    private final Clock clock;
    private StreamFormat format;
    private boolean told;
    private byte[] sets = {};
    private long offset;
    private long last = NONE;
    private long step = USUAL_STEP;
    private @Nullable Instant zero;

    /** @param format as the demuxer knows it; parameter sets within the stream replace its own */
    PacketFeed(PacketTap tap, Clock clock, StreamFormat format) {
        this.tap = tap;
        this.clock = clock;
        this.format = format;
    }

    /**
     * @param bytes valid during the call
     * @param ptsNanos by the stream's clock, or {@link #NONE}
     * @param dtsNanos by the stream's clock, or {@link #NONE}
     */
    void packet(ByteBuffer bytes, boolean key, long ptsNanos, long dtsNanos) {
        if (key && format.parameterSets()[0] == 0) { // start codes, no configuration record
            look(bytes);
        }
        if (!told) {
            tap.format(format);
            told = true;
        }
        long stream = dtsNanos == NONE ? ptsNanos : dtsNanos;
        long dts = stream == NONE ? next() : continued(stream);
        long pts = ptsNanos == NONE ? dts : Math.max(dts, ptsNanos + offset);
        last = dts;
        tap.packet(new EncodedPacket(pts, dts, key, capturedAt(ptsNanos == NONE ? stream : ptsNanos), bytes));
    }

    /** A frame with this stream time was taken then: so the hub's clock and the stream's lie to each other. */
    void taken(long streamNanos, Instant at) {
        if (streamNanos != NONE) {
            zero = at.minusNanos(streamNanos);
        }
    }

    private void look(ByteBuffer bytes) {
        byte[] found = ParameterSets.in(format.codec(), bytes);
        if (found.length == 0 || Arrays.equals(found, sets)) {
            return;
        }
        boolean changed = sets.length > 0;
        sets = found;
        format = changed
                ? PacketSize.of(format.codec(), bytes)
                        .map(size -> new StreamFormat(format.codec(), size.width(), size.height(), found))
                        .orElseGet(() -> new StreamFormat(format.codec(), format.width(), format.height(), found))
                : new StreamFormat(format.codec(), format.width(), format.height(), found);
        told = false;
    }

    private long continued(long stream) {
        long next = stream + offset;
        boolean jump = last == NONE || next < last - DISORDER || next > last + LONGEST_GAP;
        if (jump) {
            next = next();
            offset = next - stream;
            zero = null;
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

    private Instant capturedAt(long stream) {
        Instant now = clock.instant();
        Instant start = zero;
        if (stream == NONE) {
            return now;
        }
        Instant at = start == null ? now : start.plusNanos(stream);
        if (start == null || Duration.between(at, now).abs().toNanos() > LONGEST_GAP) {
            zero = now.minusNanos(stream);
            return now;
        }
        return at;
    }
}
