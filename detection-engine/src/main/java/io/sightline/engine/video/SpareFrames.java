package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONKEY;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;

import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Frames;

/**
 * Which pictures a decoder may leave out. Those that no other picture needs change nothing in the others; whether enough
 * are left without them is tried on the stream itself, once for each connection. One thread.
 */
final class SpareFrames {
    /** So many packets are looked at before deciding. */
    static final int WINDOW = 50;

    /** Fewer packets than so many times the wanted pictures are all decoded. */
    private static final double WORTH_TRYING = 3;

    /** Pictures left for each one wanted, so that these come evenly. */
    private static final double ENOUGH = 2;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Decode decode;
    private int discard;
    private boolean decided;
    private long windowStart = Long.MIN_VALUE;
    private int sent;
    private int decoded;

    SpareFrames(Decode decode) {
        this.decode = decode;
        this.discard = switch (decode.frames()) {
            case KEY -> AVDISCARD_NONKEY;
            case REFERENCE -> AVDISCARD_NONREF;
            case ALL, AUTO -> AVDISCARD_DEFAULT;
        };
        this.decided = decode.frames() != Frames.AUTO || decode.framesPerSecond() <= 0;
    }

    /** FFmpeg's word for what is left out. */
    int discard() {
        return discard;
    }

    /** A picture came out of the decoder. */
    void decoded() {
        decoded++;
    }

    /**
     * A packet went into the decoder.
     *
     * @param nanos by the stream's clock, {@link Long#MIN_VALUE} where it does not tell
     * @return whether {@link #discard()} is another now
     */
    boolean sent(long nanos) {
        if (decided) {
            return false;
        }
        if (windowStart == Long.MIN_VALUE || nanos < windowStart) {
            begin(nanos);
            return false;
        }
        sent++;
        if (sent < WINDOW) {
            return false;
        }
        double seconds = (nanos - windowStart) / NANOS_PER_SECOND;
        boolean changed = seconds > 0 && decide(sent / seconds, decoded / seconds);
        begin(nanos);
        return changed;
    }

    private void begin(long nanos) {
        windowStart = nanos;
        sent = 0;
        decoded = 0;
    }

    private boolean decide(double packetsPerSecond, double picturesPerSecond) {
        double wanted = decode.framesPerSecond();
        if (discard == AVDISCARD_DEFAULT && packetsPerSecond >= WORTH_TRYING * wanted) {
            discard = AVDISCARD_NONREF;
            return true;
        }
        if (discard == AVDISCARD_NONREF && picturesPerSecond < ENOUGH * wanted) {
            discard = AVDISCARD_DEFAULT;
            decided = true;
            return true;
        }
        return false;
    }
}
