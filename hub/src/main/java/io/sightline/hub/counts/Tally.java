package io.sightline.hub.counts;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of one series.
 *
 * @param present how many are there; always 0 for a line
 * @param in total since the reset
 * @param out total since the reset
 * @param reset empty where there was none
 * @param changed time of the newest change; never goes back
 */
record Tally(int present, long in, long out, Optional<Instant> reset, Instant changed) {

    /**
     * One change of a series.
     *
     * @param step how many more are there, -1 to 1
     */
    record Change(Instant time, int in, int out, int step) {
        static Change in(Instant time) {
            return new Change(time, 1, 0, 1);
        }

        static Change out(Instant time) {
            return new Change(time, 0, 1, -1);
        }

        /** In and out, one of them told late. */
        static Change passed(Instant time) {
            return new Change(time, 1, 1, 0);
        }
    }

    static Tally empty(Instant time) {
        return new Tally(0, 0, 0, Optional.empty(), time);
    }

    /** Totals begin anew where the last reset was before this one. */
    Tally since(Optional<Instant> newest) {
        boolean anew = newest.isPresent() && (reset.isEmpty() || reset.get().isBefore(newest.get()));
        return anew ? new Tally(present, 0, 0, newest, changed) : this;
    }

    /** What happened before the reset does not count in the totals. */
    Tally after(Change change) {
        boolean counts = reset.isEmpty() || !change.time().isBefore(reset.get());
        return new Tally(
                present + change.step(),
                in + (counts ? change.in() : 0),
                out + (counts ? change.out() : 0),
                reset,
                change.time().isAfter(changed) ? change.time() : changed);
    }
}
