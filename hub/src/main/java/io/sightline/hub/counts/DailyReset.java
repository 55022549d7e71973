package io.sightline.hub.counts;

import io.sightline.hub.settings.CountingSettings;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * When totals begin anew by themselves. No timer: whoever reads or writes a total asks for the last reset before, so
 * none is missed while the hub is down. Any thread.
 */
public final class DailyReset {
    private final Supplier<CountingSettings> settings;

    /** @param settings those in force */
    public DailyReset(Supplier<CountingSettings> settings) {
        this.settings = settings;
    }

    /** The last reset at or before a time; empty where none is configured. */
    Optional<Instant> before(Instant time) {
        CountingSettings now = settings.get();
        return now.resetAt().map(at -> {
            ZonedDateTime local = time.atZone(now.timeZone());
            ZonedDateTime today = local.toLocalDate().atTime(at).atZone(now.timeZone());
            return today.isAfter(local)
                    ? local.toLocalDate()
                            .minusDays(1)
                            .atTime(at)
                            .atZone(now.timeZone())
                            .toInstant()
                    : today.toInstant();
        });
    }
}
