package io.sightline.camera.objects;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells lists that come twice or too late from new ones, and when the picture of a list was taken by the hub's clock. One
 * thread.
 *
 * <p>A camera that has started anew counts from the beginning: a number that is far below the last one, or comes after a
 * while without any new one, is new. Its clock may be wrong: as {@code LiveClock} of the engine does, the list that was under
 * way for the shortest time tells how it lies to ours.
 */
public final class ListOrder {
    private static final long NEW_RUN = 100;
    private static final Duration NEW_RUN_AFTER = Duration.ofSeconds(1);
    private static final Duration DRIFT = Duration.ofSeconds(2);

    private @Nullable Duration offset;
    private @Nullable Instant lastTaken;
    private long last = -1;

    /**
     * @param now by the hub's clock
     * @return whether the list is newer than all before
     */
    public boolean isNew(SentList list, Instant now) {
        OptionalLong number = list.sequence().isPresent()
                ? list.sequence()
                : list.time().map(time -> OptionalLong.of(time.toEpochMilli())).orElse(OptionalLong.empty());
        if (number.isPresent() && isOld(number.getAsLong(), list.sequence().isPresent(), now)) {
            return false;
        }
        last = number.orElse(last);
        lastTaken = now;
        return true;
    }

    private boolean isOld(long number, boolean counted, Instant now) {
        boolean recent = lastTaken != null && Duration.between(lastTaken, now).compareTo(NEW_RUN_AFTER) < 0;
        long far = counted ? NEW_RUN : DRIFT.toMillis();
        return recent && number <= last && number > last - far;
    }

    /** When the picture was taken, never in the future. @param now when its list came */
    public Instant capturedAt(SentList list, Instant now) {
        if (list.time().isEmpty()) {
            return now;
        }
        Instant time = list.time().get();
        Duration newest = Duration.between(time, now);
        Duration best = offset;
        if (best == null || newest.compareTo(best) < 0 || newest.minus(best).compareTo(DRIFT) > 0) {
            best = newest;
            offset = best;
        }
        return time.plus(best);
    }
}
