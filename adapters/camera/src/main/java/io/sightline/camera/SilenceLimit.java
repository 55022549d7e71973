package io.sightline.camera;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a camera may send nothing: what is given, else three times the usual time between two of its pictures, decoded
 * or not, and at least 2 s. The usual time is the mean of the last {@value #WINDOW} and is kept when the camera is connected
 * anew; before it is known for the first time, {@code UNKNOWN} holds. One thread.
 */
final class SilenceLimit {
    private static final int WINDOW = 8;
    private static final int FRAME_TIMES = 3;
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration UNKNOWN = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Optional<Duration> given;
    private final long[] arrivals = new long[WINDOW];
    private long arrived;
    private long newest;
    private Duration own = UNKNOWN;

    SilenceLimit(Optional<Duration> given) {
        this.given = given;
    }

    /** The pictures of a new connection; its first ones may come in a burst. */
    void connected() {
        arrived = 0;
    }

    /**
     * Some pictures have arrived. Where they are told of together, they came evenly since the last time.
     *
     * @param pictures at least one, decoded or not
     * @param nanos {@link System#nanoTime} of the last one's arrival
     */
    void arrived(long pictures, long nanos) {
        long gaps = arrived == 0 ? 1 : pictures; // since when the first ones came is not known
        long gap = (nanos - newest) / gaps;
        for (long left = Math.min(gaps, WINDOW + 1) - 1; left >= 0; left--) {
            arrived(nanos - left * gap);
        }
        newest = nanos;
    }

    private void arrived(long nanos) {
        int at = (int) (arrived % WINDOW);
        if (arrived >= WINDOW) {
            own = limit((nanos - arrivals[at]) / WINDOW);
        }
        arrivals[at] = nanos;
        arrived++;
    }

    private static Duration limit(long frameNanos) {
        var three = Duration.ofNanos(frameNanos * FRAME_TIMES);
        if (three.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return three.compareTo(LONGEST) > 0 ? LONGEST : three;
    }

    Duration now() {
        return given.orElse(own);
    }
}
