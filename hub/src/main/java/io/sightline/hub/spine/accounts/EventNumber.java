package io.sightline.hub.spine.accounts;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which event of which source: numbers of one source are consecutive within one start of the hub.
 *
 * @param source kind and key, for example {@code detections.gate}
 * @param start count of starts, from 1
 * @param number from 1 in each start
 */
public record EventNumber(String source, long start, long number) {
    private static final String TREE = "sightline.";
    private static final Pattern SEQUENCE = Pattern.compile("\\d{6}-\\d{13}");
    private static final Pattern SOURCE = Pattern.compile("[a-z]{1,20}\\.[a-z0-9][a-z0-9_-]{0,62}");

    /**
     * @param address that the event was sent to, or its source
     * @param sequence as in the event
     * @return empty where either is none of ours
     */
    public static Optional<EventNumber> of(@Nullable String address, @Nullable String sequence) {
        if (address == null || sequence == null || !SEQUENCE.matcher(sequence).matches()) {
            return Optional.empty();
        }
        String source = address.startsWith(TREE) ? address.substring(TREE.length()) : address;
        return SOURCE.matcher(source).matches()
                ? Optional.of(new EventNumber(
                        source, Long.parseLong(sequence, 0, 6, 10), Long.parseLong(sequence, 7, 20, 10)))
                : Optional.empty();
    }

    /** The word of the kind in addresses, for example {@code detections}. */
    String kind() {
        return source.substring(0, source.indexOf('.'));
    }

    /** As in the event. */
    public String sequence() {
        return String.format("%06d-%013d", start, number);
    }

    Mark mark() {
        return new Mark(start, number);
    }
}
