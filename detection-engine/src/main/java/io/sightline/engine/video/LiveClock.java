package io.sightline.engine.video;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a live picture was taken, by the hub's clock: the picture that was under way for the shortest time tells how
 * stream time and our clock lie to each other. Never in the future; anchored anew when the two drift apart.
 */
final class LiveClock {
    /** Longer under way than this is not a delay but a stream clock that runs differently or was set back. */
    static final Duration DRIFT = Duration.ofSeconds(2);

    private final Clock clock;
    private @Nullable Instant start;

    LiveClock(Clock clock) {
        this.clock = clock;
    }

    /** @param mediaTime of a picture that has just arrived */
    Instant capturedAt(Duration mediaTime) {
        Instant now = clock.instant();
        Instant newest = now.minus(mediaTime);
        Instant anchor = start;
        if (anchor == null
                || newest.isBefore(anchor)
                || Duration.between(anchor, newest).compareTo(DRIFT) > 0) {
            anchor = newest;
            start = anchor;
        }
        return anchor.plus(mediaTime);
    }
}
