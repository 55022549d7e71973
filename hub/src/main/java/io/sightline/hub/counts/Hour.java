package io.sightline.hub.counts;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What one hour adds to the history of a series.
 *
 * @param start in UTC
 * @param peak most who were there at once
 * @param occupied seconds, summed over all who were there
 */
record Hour(Instant start, long in, long out, int peak, double occupied) {
    /** Longer than any gap between two changes that is not a clock set wrong; hours before are not filled. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final double NANOS = 1e9;

    static Instant startOf(Instant time) {
        return time.truncatedTo(ChronoUnit.HOURS);
    }

    /** The hours in which so many were there without a change; none where nobody was. */
    static List<Hour> of(int present, Instant from, Instant to) {
        var hours = new ArrayList<Hour>();
        if (present == 0 || !to.isAfter(from)) {
            return hours;
        }
        Instant earliest = to.minus(LONGEST);
        Instant at = from.isBefore(earliest) ? earliest : from;
        while (at.isBefore(to)) {
            Instant start = startOf(at);
            Instant next = start.plus(1, ChronoUnit.HOURS);
            Instant end = next.isBefore(to) ? next : to;
            hours.add(new Hour(
                    start, 0, 0, present, present * (Duration.between(at, end).toNanos() / NANOS)));
            at = end;
        }
        return hours;
    }

    /** The hour of a change. @param after how many are there afterwards */
    static Hour of(Tally.Change change, int after) {
        return new Hour(startOf(change.time()), change.in(), change.out(), after, 0);
    }

    Hour plus(Hour same) {
        return new Hour(start, in + same.in, out + same.out, Math.max(peak, same.peak), occupied + same.occupied);
    }
}
