package io.sightline.processors;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Times as events carry them: RFC 3339, UTC, always three digits after the second. */
public final class Timestamps {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Timestamps() {}

    public static String text(Instant time) {
        return MILLIS.format(time);
    }
}
