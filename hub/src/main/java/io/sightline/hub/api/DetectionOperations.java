package io.sightline.hub.api;

import com.fasterxml.jackson.databind.util.RawValue;
import io.sightline.hub.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;

/** The operations on detections and events. Ranges are checked against the contract before. */
public final class DetectionOperations {
    private static final int PAGE_SIZE = 50;
    private static final int EVENTS = 100;

    private final Detections detections;
    private final Events events;

    DetectionOperations(Detections detections, Events events) {
        this.detections = detections;
        this.events = events;
    }

    public Map<String, @Nullable Object> list(@Headers Map<String, Object> parameters) {
        Detections.Query query = query(parameters);
        Detections.Page page;
        try {
            page = detections.find(query);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "cursor: not one that this hub gave.");
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("detections", page.detections());
        answer.put("total", page.total());
        answer.put("page", query.page());
        answer.put("page_size", query.pageSize());
        answer.put("next_cursor", page.nextCursor());
        return answer;
    }

    private static Detections.Query query(Map<String, Object> parameters) {
        Instant from = time(parameters, "start_time");
        Instant to = time(parameters, "end_time");
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ProblemException(400, "start_time has to be before end_time.");
        }
        String confidence = text(parameters, "confidence_min");
        return new Detections.Query(
                text(parameters, "camera_id"),
                text(parameters, "type"),
                from,
                to,
                confidence == null ? 0 : Double.parseDouble(confidence),
                number(parameters, "page", 1),
                number(parameters, "page_size", PAGE_SIZE),
                text(parameters, "cursor"));
    }

    public Map<String, Object> get(@Header("id") String id) {
        return detections.get(id).orElseThrow(() -> ProblemException.notFound("The detection"));
    }

    public Map<String, Object> summary(@Headers Map<String, Object> parameters) {
        Instant from = time(parameters, "start_time");
        Map<String, Long> types = detections.count(from == null ? Instant.EPOCH : from);
        long total = types.values().stream().mapToLong(Long::longValue).sum();
        return Map.of("total", total, "types", types);
    }

    public Map<String, @Nullable Object> events(@Headers Map<String, Object> parameters) {
        String after = text(parameters, "after");
        boolean latest = "latest".equals(after);
        Optional<String> from = latest ? events.newestId() : Optional.ofNullable(after);
        Events.Batch batch = latest
                ? new Events.Batch(List.of(), false)
                : events.after(from, number(parameters, "limit", EVENTS));
        List<Events.Stored> found = batch.events();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("events", found.stream().map(DetectionOperations::raw).toList());
        answer.put("gap", batch.gap());
        answer.put("next_after", found.isEmpty() ? from.orElse(null) : found.get(found.size() - 1).id());
        return answer;
    }

    /** The event's own bytes, not parsed and written again. */
    private static RawValue raw(Events.Stored event) {
        return new RawValue(new String(event.json(), StandardCharsets.UTF_8));
    }

    private static @Nullable String text(Map<String, Object> parameters, String name) {
        Object value = parameters.get(name);
        if (value instanceof List<?>) {
            throw new ProblemException(400, name + ": given more than once.");
        }
        return value == null ? null : value.toString();
    }

    private static int number(Map<String, Object> parameters, String name, int fallback) {
        String value = text(parameters, name);
        return value == null ? fallback : Integer.parseInt(value);
    }

    private static @Nullable Instant time(Map<String, Object> parameters, String name) {
        String value = text(parameters, name);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(400, name + ": a time as in RFC 3339 is needed, for example 2026-11-21T10:15:00Z.");
        }
    }
}
