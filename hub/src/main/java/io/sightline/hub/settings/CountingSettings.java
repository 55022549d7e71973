package io.sightline.hub.settings;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How people and other objects are counted (live).
 *
 * @param resetAt local time at which totals begin anew each day; empty: only when somebody resets them
 * @param timeZone by which {@code resetAt} is meant, and days of the history begin
 */
public record CountingSettings(
        @Setting(
                "Local time, `\"00:00\"` to `\"23:59\"`, at which totals begin anew each day; never by themselves where it is missing.")
        Optional<LocalTime> resetAt,

        @Setting(
                value = "Time zone of `reset-at` and of the days in the history, for example `Europe/Berlin`.",
                standard = "UTC")
        ZoneId timeZone) {}
