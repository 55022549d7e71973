package io.sightline.hub.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.spine.UnreadableEventException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What the store has to know of an event's bytes. */
record ParsedEvent(StoredEvent event, JsonNode data) {
    static final String DETECTION = "io.sightline.detection.";
    static final String SYSTEM = "io.sightline.system";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws UnreadableEventException if the bytes are no event of ours; trying again does not help */
    static ParsedEvent of(byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            var event = new StoredEvent(
                    text(root, "id", 36),
                    text(root, "source", 200),
                    text(root, "sequence", 40),
                    text(root, "type", 160),
                    text(root, "subject", 63),
                    time(root, "time"),
                    bytes);
            return new ParsedEvent(event, root.path("data"));
        } catch (IOException e) {
            throw new UnreadableEventException("the bytes are no JSON", e);
        }
    }

    boolean isDetection() {
        return event.type().startsWith(DETECTION);
    }

    StoredDetection detection() {
        return new StoredDetection(
                text(data, "id", 36),
                text(data, "camera_id", 63),
                text(data, "type", 100),
                data.path("confidence").asDouble(),
                time(data, "started_at"),
                data.hasNonNull("ended_at") ? Optional.of(time(data, "ended_at")) : Optional.empty(),
                event.time(),
                data.path("snapshot").hasNonNull("sha256")
                        ? Optional.of(text(data.path("snapshot"), "sha256", 64))
                        : Optional.empty(),
                data);
    }

    private static String text(JsonNode node, String field, int longest) {
        String text = node.path(field).asText("");
        if (text.isEmpty() || text.length() > longest) {
            throw new UnreadableEventException(
                    "'" + field + "' has " + text.length() + " characters, allowed are 1 to " + longest, null);
        }
        return text;
    }

    private static Instant time(JsonNode node, String field) {
        try {
            return OffsetDateTime.parse(node.path(field).asText("")).toInstant();
        } catch (DateTimeException e) {
            throw new UnreadableEventException("'" + field + "' is no time", e);
        }
    }
}
