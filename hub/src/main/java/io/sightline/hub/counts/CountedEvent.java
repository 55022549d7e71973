package io.sightline.hub.counts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What counting has to know of an event.
 *
 * @param camera the event's subject
 * @param sequence grows within the event's source
 * @param data the event's payload
 */
public record CountedEvent(String type, String camera, String sequence, Instant time, JsonNode data) {
    private static final int LONGEST_ID = 63;
    private static final int LONGEST_LABEL = 100;

    /** The detection that it is about; empty where it names none. */
    Optional<String> detection() {
        return text(type.startsWith("io.sightline.detection.") ? "id" : "detection_id", 36);
    }

    /** Empty where it does not say what was seen, or where. */
    Optional<CountSeries> series() {
        Optional<CountKind> kind = kind();
        Optional<String> name = kind.flatMap(this::name);
        return text("type", LONGEST_LABEL)
                .flatMap(label -> name.map(known -> new CountSeries(camera, kind.orElseThrow(), known, label)));
    }

    /** Time of what it tells: for a detection that a crash left open, when it was seen last. */
    Instant happened() {
        boolean late = data.path("reason").asText().equals("hub-restarted");
        try {
            return late ? OffsetDateTime.parse(data.path("ended_at").asText()).toInstant() : time;
        } catch (DateTimeParseException e) {
            return time;
        }
    }

    /** Which start of the hub it tells of; empty where it tells something else. */
    Optional<Long> hubStart() {
        return data.path("code").asText().equals("STARTED")
                ? Optional.of(data.path("start").asLong())
                : Optional.empty();
    }

    boolean crossedIn() {
        return data.path("direction").asText().equals("a-to-b");
    }

    private Optional<CountKind> kind() {
        if (type.startsWith("io.sightline.detection.")) {
            return Optional.of(CountKind.CAMERA);
        } else if (type.startsWith("io.sightline.zone.")) {
            return Optional.of(CountKind.ZONE);
        }
        return type.startsWith("io.sightline.line.") ? Optional.of(CountKind.LINE) : Optional.empty();
    }

    private Optional<String> name(CountKind kind) {
        return kind == CountKind.CAMERA ? Optional.of(camera) : text(kind.word(), LONGEST_ID);
    }

    private Optional<String> text(String field, int longest) {
        String text = data.path(field).asText("");
        return text.isEmpty() || text.length() > longest ? Optional.empty() : Optional.of(text);
    }
}
