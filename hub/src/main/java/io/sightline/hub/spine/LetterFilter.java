package io.sightline.hub.spine;

import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters; what is null does not matter.
 *
 * @param sink that they come from
 * @param cause text that is in their cause, in upper and lower case as written; at most 200 characters
 * @param from given up then or later
 * @param until given up then or earlier
 */
public record LetterFilter(
        @Nullable String sink,
        @Nullable String cause,
        @Nullable Instant from,
        @Nullable Instant until) {
    public static final LetterFilter ALL = new LetterFilter(null, null, null, null);

    /** As a JMS selector. */
    String selector() {
        var conditions = new ArrayList<String>();
        if (sink != null) {
            conditions.add(DeadLetters.QUEUE + " = '" + quoted(Spine.SINKS + sink) + "'");
        }
        if (cause != null) {
            String literal =
                    quoted(cause).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
            conditions.add(EventMarks.CAUSE + " LIKE '%" + literal + "%' ESCAPE '\\'");
        }
        if (from != null) {
            conditions.add("JMSTimestamp >= " + from.toEpochMilli());
        }
        if (until != null) {
            conditions.add("JMSTimestamp <= " + until.toEpochMilli());
        }
        return conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions);
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }
}
