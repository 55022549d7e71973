package io.sightline.hub.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A detection as its newest event tells.
 *
 * @param label what was seen, for example {@code person}
 * @param confidence best one so far, 0 to 1
 * @param ended empty while it goes on
 * @param updated time of the newest event
 * @param snapshot SHA-256 of the picture, lower case hex; the picture may be gone by retention
 * @param data all of the event's payload
 */
public record StoredDetection(
        String id,
        String camera,
        String label,
        double confidence,
        Instant started,
        Optional<Instant> ended,
        Instant updated,
        Optional<String> snapshot,
        JsonNode data) {}
