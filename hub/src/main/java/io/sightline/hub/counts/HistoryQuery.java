package io.sightline.hub.counts;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Which history, of all series that fit.
 *
 * @param bucket how long one part is
 * @param from the bucket in which it lies is the first
 * @param to buckets that begin before it
 * @param zone by which a day begins; an hour belongs to the day in which it begins
 */
public record HistoryQuery(CountFilter filter, Bucket bucket, Instant from, Instant to, ZoneId zone) {
    /** One part of a history. */
    public enum Bucket {
        HOUR,
        DAY;

        Instant startOf(Instant time, ZoneId zone) {
            return this == HOUR
                    ? Hour.startOf(time)
                    : time.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        }

        Instant after(Instant start, ZoneId zone) {
            return this == HOUR
                    ? start.plusSeconds(3600)
                    : start.atZone(zone)
                            .toLocalDate()
                            .plusDays(1)
                            .atStartOfDay(zone)
                            .toInstant();
        }
    }
}
