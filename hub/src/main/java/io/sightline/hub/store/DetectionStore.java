package io.sightline.hub.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was stored. Any thread; each call may take a database's time.
 *
 * <p>While the database is away every method throws {@link org.springframework.dao.DataAccessException}.
 */
public final class DetectionStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "id, camera_id, label, confidence, started, ended, updated, snapshot, data";

    private final StoreDatabase database;

    DetectionStore(StoreDatabase database) {
        this.database = database;
    }

    /** @throws IllegalArgumentException if the cursor is none of ours */
    public DetectionPage page(DetectionQuery query) {
        var filter = new Filter(query);
        long total = database.jdbc()
                .sql("SELECT COUNT(*) FROM detections" + filter.where())
                .params(filter.params())
                .query(Long.class)
                .single();
        query.cursor().ifPresent(filter::after);
        int skip = query.cursor().isPresent() ? 0 : Math.multiplyExact(query.page() - 1, query.pageSize());
        List<StoredDetection> rows = database.jdbc()
                .sql("SELECT " + COLUMNS + " FROM detections" + filter.where()
                        + " ORDER BY started DESC, id DESC LIMIT " + (query.pageSize() + 1) + " OFFSET " + skip)
                .params(filter.params())
                .query((row, number) -> detection(row))
                .list();
        boolean more = rows.size() > query.pageSize();
        List<StoredDetection> page = more ? List.copyOf(rows.subList(0, query.pageSize())) : rows;
        return new DetectionPage(page, total, more ? Optional.of(cursor(page.get(page.size() - 1))) : Optional.empty());
    }

    public Optional<StoredDetection> find(String id) {
        return database.jdbc()
                .sql("SELECT " + COLUMNS + " FROM detections WHERE id = :id")
                .param("id", id)
                .query((row, number) -> detection(row))
                .optional();
    }

    /** Numbers by type of what started at or after the time. */
    public Map<String, Long> countByType(Instant from) {
        var numbers = new LinkedHashMap<String, Long>();
        database.jdbc()
                .sql("SELECT label, COUNT(*) FROM detections WHERE started >= :from GROUP BY label ORDER BY label")
                .param("from", column(from))
                .query((row, number) -> numbers.put(row.getString(1), row.getLong(2)))
                .list();
        return numbers;
    }

    /** Detections without an end whose newest event is of an earlier start of the hub, oldest first. */
    List<StoredDetection> openBefore(long start) {
        return database.jdbc()
                .sql("SELECT " + COLUMNS + " FROM detections WHERE ended IS NULL AND seq < :seq ORDER BY started, id")
                .param("seq", String.format("%06d-", start))
                .query((row, number) -> detection(row))
                .list();
    }

    /**
     * Events in the order of storing.
     *
     * @param id the last event that the caller has; null: from the oldest one kept
     * @param limit at most so many, from 1
     */
    public EventsPage eventsAfter(@Nullable String id, int limit) {
        Optional<Long> position = id == null ? Optional.of(0L) : position(id);
        List<StoredEvent> events = database.jdbc()
                .sql("SELECT id, source, seq, type, subject, occurred, body FROM events WHERE pos > :pos"
                        + " ORDER BY pos LIMIT " + limit)
                .param("pos", position.orElse(0L))
                .query((row, number) -> event(row))
                .list();
        return new EventsPage(events, position.isEmpty());
    }

    /** One event by its id; empty where it is not kept (any more). */
    public Optional<StoredEvent> event(String id) {
        return database.jdbc()
                .sql("SELECT id, source, seq, type, subject, occurred, body FROM events WHERE id = :id")
                .param("id", id)
                .query((row, number) -> event(row))
                .optional();
    }

    /**
     * Events by the time of storing, in that order.
     *
     * @param after the last event that the caller has; null: from the first of the range
     * @param limit at most so many, from 1
     */
    public List<StoredEvent> eventsStored(Instant from, Instant to, @Nullable String after, int limit) {
        return database.jdbc()
                .sql("SELECT id, source, seq, type, subject, occurred, body FROM events WHERE stored >= :from"
                        + " AND stored < :to AND pos > :pos ORDER BY pos LIMIT " + limit)
                .param("from", column(from))
                .param("to", column(to))
                .param("pos", after == null ? 0L : position(after).orElse(0L))
                .query((row, number) -> event(row))
                .list();
    }

    /** Id of the newest event; empty where there is none. */
    public Optional<String> newestEvent() {
        return database.jdbc()
                .sql("SELECT id FROM events ORDER BY pos DESC LIMIT 1")
                .query(String.class)
                .optional();
    }

    public long countDetections() {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM detections")
                .query(Long.class)
                .single();
    }

    public long countEvents() {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM events")
                .query(Long.class)
                .single();
    }

    private Optional<Long> position(String id) {
        return database.jdbc()
                .sql("SELECT pos FROM events WHERE id = :id")
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getBytes(7));
    }

    private static StoredDetection detection(ResultSet row) throws SQLException {
        try {
            return new StoredDetection(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getDouble(4),
                    row.getObject(5, OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject(6, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                    row.getObject(7, OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getString(8)),
                    JSON.readTree(row.getBytes(9)));
        } catch (IOException e) {
            throw new UncheckedIOException("detection " + row.getString(1) + " is not readable", e);
        }
    }

    static OffsetDateTime column(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static String cursor(StoredDetection last) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, last.started());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((micros + ":" + last.id()).getBytes(StandardCharsets.UTF_8));
    }

    /** Conditions of a query with their values. */
    private static final class Filter {
        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> params = new LinkedHashMap<>();

        Filter(DetectionQuery query) {
            query.camera().ifPresent(camera -> add("camera_id = :camera", "camera", camera));
            query.type().ifPresent(type -> add("label = :label", "label", type));
            query.from().ifPresent(from -> add("started >= :from", "from", column(from)));
            query.to().ifPresent(to -> add("started < :to", "to", column(to)));
            query.minConfidence().ifPresent(least -> add("confidence >= :least", "least", least));
        }

        void after(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                Instant started = Instant.EPOCH.plus(Long.parseLong(text.substring(0, colon)), ChronoUnit.MICROS);
                add("(started < :at OR (started = :at AND id < :last))", "at", column(started));
                params.put("last", text.substring(colon + 1));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("cursor '" + cursor + "' is not one that a page gave", e);
            }
        }

        private void add(String condition, String name, Object value) {
            conditions.add(condition);
            params.put(name, value);
        }

        String where() {
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }

        Map<String, Object> params() {
            return params;
        }
    }
}
