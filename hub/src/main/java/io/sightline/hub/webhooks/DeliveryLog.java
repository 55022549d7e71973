package io.sightline.hub.webhooks;

import io.sightline.hub.spine.Failures;
import io.sightline.hub.store.StoreAccess;
import io.sightline.hub.webhooks.Attempt.End;
import io.sightline.hub.webhooks.Attempt.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The last 1 000 attempts of each endpoint, of the last 7 days. Written together, so that no delivery waits for a disk:
 * what is not written yet is lost by a crash, and what does not fit into the queue is lost and counted.
 */
final class DeliveryLog {
    static final int KEPT = 1000;
    static final Duration KEPT_FOR = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_TOGETHER = 500;
    private static final String COLUMNS =
            "webhook, event, type, attempt, replay, begun, outcome, status, micros, excerpt";
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_TYPE = 160;
    private static final int LONGEST_TEXT = 1100;

    private final StoreAccess store;
    private final Clock clock;
    private final BlockingQueue<Attempt> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder lost = new LongAdder();

    DeliveryLog(StoreAccess store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Never blocks. Any thread. */
    void add(Attempt attempt) {
        if (!waiting.offer(attempt)) {
            lost.increment();
        }
    }

    /** Entries that were never written. */
    long lost() {
        return lost.sum();
    }

    /** Writes what waits; to be called now and then, by one thread at a time. */
    synchronized void flush() {
        var next = new ArrayList<Attempt>();
        while (waiting.drainTo(next, MOST_TOGETHER) > 0) {
            try {
                store.transactions().executeWithoutResult(status -> write(next));
            } catch (DataAccessException | TransactionException e) {
                lost.add(next.size());
                LOG.atDebug().addKeyValue("reason", Failures.reason(e)).log("delivery log could not be written");
                return;
            }
            next.clear();
        }
    }

    private void write(List<Attempt> attempts) {
        attempts.forEach(this::write);
        Set<String> touched = attempts.stream().map(Attempt::webhook).collect(Collectors.toSet());
        touched.forEach(this::shorten);
    }

    private void write(Attempt attempt) {
        End end = attempt.end();
        store.jdbc()
                .sql("INSERT INTO webhook_deliveries (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        attempt.webhook(),
                        cut(attempt.eventId(), LONGEST_ID),
                        cut(attempt.type(), LONGEST_TYPE),
                        attempt.number(),
                        attempt.replay(),
                        column(attempt.at()),
                        end.outcome().name(),
                        end.status(),
                        end.took().toNanos() / 1000,
                        cut(end.text(), LONGEST_TEXT))
                .update();
    }

    private void shorten(String webhook) {
        store.jdbc()
                .sql("DELETE FROM webhook_deliveries WHERE webhook = :webhook AND pos <= (SELECT pos FROM"
                        + " webhook_deliveries WHERE webhook = :webhook ORDER BY pos DESC LIMIT 1 OFFSET " + KEPT + ")")
                .param("webhook", webhook)
                .update();
    }

    /** Removes what is too old; to be called now and then. */
    void expire() {
        store.jdbc()
                .sql("DELETE FROM webhook_deliveries WHERE begun < ?")
                .params(column(clock.instant().minus(KEPT_FOR)))
                .update();
    }

    /** The newest first. */
    List<Attempt> list(String webhook, int limit) {
        return store.jdbc()
                .sql("SELECT " + COLUMNS + " FROM webhook_deliveries WHERE webhook = :webhook ORDER BY pos DESC LIMIT "
                        + limit)
                .param("webhook", webhook)
                .query((row, number) -> attempt(row))
                .list();
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        int status = row.getInt(8);
        Integer answered = row.wasNull() ? null : status;
        return new Attempt(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getBoolean(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                new End(
                        Outcome.valueOf(row.getString(7)),
                        answered,
                        Duration.ofNanos(row.getLong(9) * 1000),
                        row.getString(10)));
    }

    private static String cut(String text, int most) {
        String storable = text.replace("\0", "");
        return storable.length() <= most ? storable : storable.substring(0, most);
    }

    private static OffsetDateTime column(Instant time) {
        return WebhookTables.micros(time).atOffset(ZoneOffset.UTC);
    }
}
