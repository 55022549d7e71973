package io.sightline.hub.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Which detections, newest first.
 *
 * @param type what was seen, for example {@code person}
 * @param from start of the detection, inclusive
 * @param to start of the detection, exclusive
 * @param minConfidence 0 to 1
 * @param page from 1; of no meaning where there is a cursor
 * @param pageSize 1 to {@value #MOST}
 * @param cursor {@link DetectionPage#nextCursor} of the page before
 */
public record DetectionQuery(
        Optional<String> camera,
        Optional<String> type,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Double> minConfidence,
        int page,
        int pageSize,
        Optional<String> cursor) {
    public static final int MOST = 1000;

    public DetectionQuery {
        if (page < 1 || pageSize < 1 || pageSize > MOST) {
            throw new IllegalArgumentException(
                    "page " + page + " of " + pageSize + ": allowed are pages from 1, of 1 to " + MOST);
        }
    }

    /** Of any type. */
    public DetectionQuery(
            Optional<String> camera,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Double> minConfidence,
            int page,
            int pageSize,
            Optional<String> cursor) {
        this(camera, Optional.empty(), from, to, minConfidence, page, pageSize, cursor);
    }
}
