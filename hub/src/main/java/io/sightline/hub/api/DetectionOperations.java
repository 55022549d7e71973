package io.sightline.hub.api;

import com.fasterxml.jackson.databind.util.RawValue;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.store.DetectionPage;
import io.sightline.hub.store.DetectionQuery;
import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.store.EventsPage;
import io.sightline.hub.store.StoredDetection;
import io.sightline.hub.store.StoredEvent;
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

    private final DetectionStore store;

    DetectionOperations(DetectionStore store) {
        this.store = store;
    }

    public Map<String, @Nullable Object> list(@Headers Map<String, Object> parameters) {
        DetectionQuery query = query(parameters);
        DetectionPage page;
        try {
            page = store.page(query);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "cursor: not one that this hub gave.");
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(
                "detections",
                page.detections().stream().map(DetectionOperations::view).toList());
        answer.put("total", page.total());
        answer.put("page", query.page());
        answer.put("page_size", query.pageSize());
        answer.put("next_cursor", page.nextCursor().orElse(null));
        return answer;
    }

    private static DetectionQuery query(Map<String, Object> parameters) {
        Instant from = time(parameters, "start_time");
        Instant to = time(parameters, "end_time");
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ProblemException(400, "start_time has to be before end_time.");
        }
        String confidence = text(parameters, "confidence_min");
        return new DetectionQuery(
                Optional.ofNullable(text(parameters, "camera_id")),
                Optional.ofNullable(text(parameters, "type")),
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Optional.ofNullable(confidence).map(Double::valueOf),
                number(parameters, "page", 1),
                number(parameters, "page_size", PAGE_SIZE),
                Optional.ofNullable(text(parameters, "cursor")));
    }

    /** The newest event's data, with the names that lists of detections use. */
    private static Map<String, Object> view(StoredDetection detection) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", detection.id());
        view.put("camera_id", detection.camera());
        view.put("timestamp", detection.started());
        view.put("type", detection.label());
        view.put("confidence", detection.confidence());
        detection.data().properties().forEach(one -> view.putIfAbsent(one.getKey(), one.getValue()));
        return view;
    }

    public Map<String, Object> get(@Header("id") String id) {
        return store.find(id)
                .map(DetectionOperations::view)
                .orElseThrow(() -> ProblemException.notFound("The detection"));
    }

    public Map<String, Object> summary(@Headers Map<String, Object> parameters) {
        Instant from = time(parameters, "start_time");
        Map<String, Long> types = store.countByType(from == null ? Instant.EPOCH : from);
        long total = types.values().stream().mapToLong(Long::longValue).sum();
        return Map.of("total", total, "types", types);
    }

    public Map<String, @Nullable Object> events(@Headers Map<String, Object> parameters) {
        String after = text(parameters, "after");
        boolean latest = "latest".equals(after);
        Optional<String> from = latest ? store.newestEvent() : Optional.ofNullable(after);
        EventsPage batch = latest
                ? new EventsPage(List.of(), false)
                : store.eventsAfter(from.orElse(null), number(parameters, "limit", EVENTS));
        List<StoredEvent> found = batch.events();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("events", found.stream().map(DetectionOperations::raw).toList());
        answer.put("gap", batch.gap());
        answer.put(
                "next_after",
                found.isEmpty()
                        ? from.orElse(null)
                        : found.get(found.size() - 1).id());
        return answer;
    }

    /** The event's own bytes, not parsed and written again. */
    private static RawValue raw(StoredEvent event) {
        return new RawValue(new String(event.body(), StandardCharsets.UTF_8));
    }

    static @Nullable String text(Map<String, Object> parameters, String name) {
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

    static @Nullable Instant time(Map<String, Object> parameters, String name) {
        String value = text(parameters, name);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(
                    400, name + ": a time as in RFC 3339 is needed, for example 2026-11-21T10:15:00Z.");
        }
    }
}
