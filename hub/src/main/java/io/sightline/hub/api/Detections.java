package io.sightline.hub.api;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What REST tells of stored detections. Any thread; may block on the database for some milliseconds. */
public interface Detections {
    /**
     * Which detections.
     *
     * @param from started at or after
     * @param to started before
     * @param page from 1; only used without a cursor
     * @param pageSize 1 to 500
     * @param cursor of the page before; goes on after it, whatever arrived since
     */
    record Query(
            @Nullable String cameraId,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to,
            double confidenceMin,
            int page,
            int pageSize,
            @Nullable String cursor) {}

    /**
     * Newest first.
     *
     * @param detections JSON objects: the event's data with {@code timestamp}
     * @param total of all pages
     * @param nextCursor null at the end
     */
    record Page(List<Map<String, Object>> detections, long total, @Nullable String nextCursor) {}

    /** @throws IllegalArgumentException if the cursor is not one that was given */
    Page find(Query query);

    Optional<Map<String, Object>> get(String id);

    /** Numbers by type, of what started at or after the time. */
    Map<String, Long> count(Instant from);

    /** Hash of the best snapshot's bytes. */
    Optional<String> snapshotHash(String id);

    /** @return the JPEG of this SHA-256, empty if there is none (any more) */
    Optional<byte[]> snapshot(String sha256) throws IOException;
}
