package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Gives a tap what is read of a stream that is decoded as well, with the time of capture that frames of the same stream
 * time have. The reader's thread.
 */
final class PacketOffer {
    private static final long NONE = EncodedPacket.NO_TIME;

    /** More than this before or after the time now is no time of capture. */
    private static final Duration FARTHEST = MediaTimeline.LONGEST_GAP;

    /** Streams with pictures out of order go back by so much. */
    private static final long DISORDER = 1_000_000_000L;

    private final PacketTap tap;
    private final Clock clock;
    private final StreamFormat.Tick tick;
    private long last = NONE;
    private @Nullable Instant zero;

    PacketOffer(PacketTap tap, Clock clock, StreamFormat format) {
        this.tap = tap;
        this.clock = clock;
        this.tick = format.tick();
        tap.format(format);
    }

    /** @param packet stays the caller's */
    void read(AVPacket packet) {
        if (tap.wants()) {
            tap.packet(encoded(packet, capturedAt(packet.pts(), packet.dts())));
        }
    }

    /** A copy on the heap. */
    static EncodedPacket encoded(AVPacket packet, Instant capturedAt) {
        var bytes = new byte[packet.size()];
        packet.data().get(bytes);
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        return new EncodedPacket(bytes, packet.pts(), packet.dts(), key, capturedAt);
    }

    /** A frame with this stream time was taken then: so the hub's clock and the stream's lie to each other. */
    void taken(long streamNanos, Instant at) {
        if (streamNanos != NONE) {
            zero = at.minusNanos(streamNanos);
        }
    }

    /** When the picture was taken, as far as is known before it is decoded; times in ticks of the stream. */
    Instant capturedAt(long pts, long dts) {
        Instant now = clock.instant();
        long order = tick.nanos(dts == AV_NOPTS_VALUE ? pts : dts);
        long shown = tick.nanos(pts == AV_NOPTS_VALUE ? dts : pts);
        if (order == NONE) {
            return now;
        }
        boolean jump = last != NONE && (order < last - DISORDER || order > last + FARTHEST.toNanos());
        last = order;
        Instant start = jump ? null : zero;
        Instant at = start == null ? now : start.plusNanos(shown);
        if (start == null || Duration.between(at, now).abs().compareTo(FARTHEST) > 0) {
            zero = now.minusNanos(shown);
            return now;
        }
        return at;
    }
}
