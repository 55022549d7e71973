package io.sightline.engine.packet;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.VideoException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of a stream that nobody decodes: its last seconds are kept encoded, and one picture is decoded when somebody
 * asks for it. A decoder lives only while pictures are asked for, and goes on from the picture before where it can, so
 * that one picture after the other costs no more than decoding the stream. Any thread.
 */
public final class RecentPictures implements PacketTap, AutoCloseable {
    /** A picture taken at another time than that shows something else. */
    static final Duration FARTHEST = Duration.ofSeconds(1);

    /** A decoder of large pictures holds tens of megabytes. */
    static final Duration IDLE = Duration.ofSeconds(10);

    /** How long decoding one picture may take: about a second of processor for a large stream. */
    static final int MOST_DECODED = 300;

    /** Packets that a decoder may want to see before it gives a picture. */
    private static final int LARGEST_DELAY = 17;

    private final Opener opener;
    private final KeptPackets kept;
    private @Nullable StreamFormat format;
    private @Nullable PacketDecoder decoder;
    private @Nullable FramePool pool;
    private Instant asked = Instant.MIN;
    private long sentTo = Long.MIN_VALUE;
    private boolean closed;

    /** Makes the decoder of a stream. */
    @FunctionalInterface
    public interface Opener {
        PacketDecoder open(StreamFormat format) throws VideoException;
    }

    /** @param mostBytes of encoded video that is kept */
    public RecentPictures(Opener opener, long mostBytes) {
        this.opener = opener;
        this.kept = new KeptPackets(mostBytes);
    }

    @Override
    public synchronized void format(StreamFormat newFormat) {
        closeDecoder();
        kept.clear();
        format = newFormat;
    }

    @Override
    public synchronized void packet(EncodedPacket packet) {
        if (closed) {
            return;
        }
        kept.add(packet);
        if (decoder != null && packet.capturedAt().isAfter(asked.plus(IDLE))) {
            closeDecoder();
        }
    }

    /**
     * Decodes the picture that was taken nearest to a moment. Takes as long as decoding what lies between it and the key
     * picture before.
     *
     * @param wanted the frame of the other stream that the picture shall show as well; stays the caller's
     * @return the picture, to be closed by the caller before asking again; empty if there is none of that second
     * @throws VideoException if there is no decoder for the stream
     */
    public synchronized Optional<Frame> like(FrameInfo wanted) throws VideoException {
        Optional<KeptPackets.Spot> spot = kept.nearest(wanted.capturedAt(), FARTHEST);
        if (closed || format == null || spot.isEmpty()) {
            return Optional.empty();
        }
        asked = wanted.capturedAt();
        if (decoder == null) {
            decoder = opener.open(format);
            sentTo = Long.MIN_VALUE;
        }
        return decoded(decoder, spot.get()) ? copied(decoder, spot.get(), wanted) : Optional.empty();
    }

    /** Packets are numbered as they came, also beyond key packets. */
    private boolean decoded(PacketDecoder open, KeptPackets.Spot spot) {
        boolean goesOn = sentTo >= spot.key() && sentTo < spot.number();
        if (!goesOn) {
            open.restart();
            sentTo = spot.key() - 1;
        }
        if (spot.number() - sentTo > MOST_DECODED) {
            return false;
        }
        long last = Math.min(kept.lastOfGroup(spot), spot.number() + LARGEST_DELAY);
        while (sentTo < last) {
            sentTo++;
            open.send(kept.get(sentTo), sentTo);
            if (came(open, spot.number())) {
                return true;
            }
        }
        open.drain();
        sentTo = Long.MIN_VALUE; // begins anew next time
        return came(open, spot.number());
    }

    private static boolean came(PacketDecoder open, long number) {
        while (open.next()) {
            if (open.label() == number) {
                return true;
            }
        }
        return false;
    }

    private Optional<Frame> copied(PacketDecoder open, KeptPackets.Spot spot, FrameInfo wanted) {
        var info = new FrameInfo(
                wanted.cameraId(),
                wanted.sequence(),
                kept.get(spot.number()).capturedAt(),
                open.width(),
                open.height());
        FramePool slots = pool;
        if (slots == null || slots.bytesPerSlot() < info.bytes()) {
            slots = new FramePool(1, info.bytes());
            pool = slots;
        }
        return slots.lease().map(slot -> {
            try {
                open.copyTo(slot.memory());
                return slot.publish(info);
            } catch (RuntimeException | Error e) {
                slot.abandon();
                throw e;
            }
        });
    }

    /** Whether a decoder is open now. */
    synchronized boolean decodes() {
        return decoder != null;
    }

    /** Bytes of encoded video kept now. */
    public synchronized long bytes() {
        return kept.bytes();
    }

    private void closeDecoder() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
        pool = null;
    }

    /** Keeps nothing and gives nothing from now on. May be called twice. */
    @Override
    public synchronized void close() {
        closed = true;
        closeDecoder();
        kept.clear();
    }
}
