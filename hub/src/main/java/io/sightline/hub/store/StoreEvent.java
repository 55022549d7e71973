package io.sightline.hub.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.counts.CountedEvent;
import io.sightline.hub.counts.EventCounter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * The step {@code storeEvent}: writes an event by its id, counts what it says, and returns after the commit, so that the
 * spine may forget it.
 * The same event again changes nothing; an older event of a detection never overwrites a newer one. One thread.
 */
final class StoreEvent implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(StoreEvent.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoreDatabase database;
    private final AfterRestart afterRestart;
    private final EventCounter counter;
    private final Clock clock;
    private final List<EventsListener> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder stored = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    StoreEvent(StoreDatabase database, AfterRestart afterRestart, EventCounter counter, Clock clock) {
        this.database = database;
        this.afterRestart = afterRestart;
        this.counter = counter;
        this.clock = clock;
    }

    void listen(EventsListener listener) {
        listeners.add(listener);
    }

    /** Events written. */
    long stored() {
        return stored.sum();
    }

    /** Events that had been written before. */
    long repeated() {
        return repeated.sum();
    }

    @Override
    public void process(Exchange exchange) {
        ParsedEvent parsed = ParsedEvent.of(exchange.getMessage().getBody(byte[].class));
        boolean fresh;
        try {
            fresh = Boolean.TRUE.equals(database.transactions().execute(status -> write(parsed)));
            database.online();
        } catch (DataIntegrityViolationException e) {
            throw e; // this event alone cannot be stored
        } catch (DataAccessException | TransactionException e) {
            database.offline(e);
            // Whatever the database says, for example that a right was revoked: the event is good and waits.
            throw new DataAccessResourceFailureException("the store does not take events", e);
        }
        (fresh ? stored : repeated).increment();
        afterRestart.reached(parsed);
        if (fresh) {
            listeners.forEach(listener -> tell(listener, parsed.event()));
        }
    }

    private boolean write(ParsedEvent parsed) {
        StoredEvent event = parsed.event();
        boolean known = database.jdbc()
                .sql("SELECT 1 FROM events WHERE id = :id")
                .param("id", event.id())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (known) {
            return false;
        }
        database.jdbc()
                .sql("INSERT INTO events (id, source, seq, type, subject, occurred, stored, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        event.id(),
                        event.source(),
                        event.sequence(),
                        event.type(),
                        event.subject(),
                        DetectionStore.column(event.time()),
                        DetectionStore.column(clock.instant()),
                        event.body())
                .update();
        if (parsed.isDetection()) {
            write(parsed.detection(), event.sequence());
        }
        counter.count(
                database.jdbc(),
                new CountedEvent(event.type(), event.subject(), event.sequence(), event.time(), parsed.data()));
        return true;
    }

    private void write(StoredDetection detection, String sequence) {
        Optional<String> before = database.jdbc()
                .sql("SELECT seq FROM detections WHERE id = :id")
                .param("id", detection.id())
                .query(String.class)
                .optional();
        if (before.isEmpty()) {
            write(
                    "INSERT INTO detections (camera_id, label, confidence, started, ended, updated, snapshot, seq, data,"
                            + " id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    detection,
                    sequence);
        } else if (before.get().compareTo(sequence) < 0) {
            write(
                    "UPDATE detections SET camera_id = ?, label = ?, confidence = ?, started = ?, ended = ?,"
                            + " updated = ?, snapshot = ?, seq = ?, data = ? WHERE id = ?",
                    detection,
                    sequence);
        }
    }

    private void write(String sql, StoredDetection detection, String sequence) {
        database.jdbc()
                .sql(sql)
                .params(
                        detection.camera(),
                        detection.label(),
                        detection.confidence(),
                        DetectionStore.column(detection.started()),
                        detection.ended().map(DetectionStore::column).orElse(null),
                        DetectionStore.column(detection.updated()),
                        detection.snapshot().orElse(null),
                        sequence,
                        json(detection),
                        detection.id())
                .update();
    }

    private static byte[] json(StoredDetection detection) {
        try {
            return JSON.writeValueAsBytes(detection.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written", e);
        }
    }

    /** A listener that fails has no say in whether the event is stored. */
    private static void tell(EventsListener listener, StoredEvent event) {
        try {
            listener.stored(event);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("eventId", event.id()).log("a listener of events failed");
        }
    }
}
