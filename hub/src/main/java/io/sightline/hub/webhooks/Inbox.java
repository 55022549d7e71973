package io.sightline.hub.webhooks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sightline.hub.spine.Failures;
import io.sightline.hub.store.StoreAccess;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.SystemEvents;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Makes one event of each message that a configured source sends, and remembers its id, so that the same message makes
 * no second one, be it sent a hundred times at once. Any thread; a call returns when the spine has the event on disk.
 *
 * <p>A crash between the spine's commit and the note of the id lets a repeated message make a second event with the same
 * {@code data.webhook.id}.
 */
public final class Inbox {
    static final Duration REMEMBERED = Duration.ofDays(7);
    static final int MOST_REMEMBERED = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int LOCKS = 64;
    private static final int MOST_UNSAVED = 10_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Supplier<List<InboundSource>> sources;
    private final StoreAccess store;
    private final EventPublisher publisher;
    private final Consumer<String> addresses;
    private final Clock clock;
    private final Object[] locks =
            Arrays.stream(new Object[LOCKS]).map(none -> new Object()).toArray();
    private final Set<String> ensured = ConcurrentHashMap.newKeySet();
    /** Events whose message could not be noted, by source and id. */
    private final Map<String, String> unsaved = new ConcurrentHashMap<>();

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * What came of a message.
     *
     * @param eventId of the event that it made, now or before
     */
    public record Receipt(Result result, @Nullable String eventId) {}

    /** What was done with a message. */
    public enum Result {
        ACCEPTED,
        /** Was taken before. */
        REPEATED,
        /** Not signed as it should be, or of nobody who is known. */
        UNTRUSTED,
        /** Signed, and no JSON, or it makes an event that is too large. */
        UNREADABLE
    }

    /** @param addresses makes the address of a source on the spine */
    Inbox(
            Supplier<List<InboundSource>> sources,
            StoreAccess store,
            EventPublisher publisher,
            Consumer<String> addresses,
            Clock clock) {
        this.sources = sources;
        this.store = store;
        this.publisher = publisher;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * @param headers by name in lower case, each with all its values
     * @throws DataAccessException while the database is away; nothing was made of the message then
     */
    public Receipt receive(String name, Map<String, List<String>> headers, byte[] body) {
        Optional<InboundSource> source =
                sources.get().stream().filter(one -> one.name().equals(name)).findFirst();
        var message = new InboundCheck.Message(headers, body);
        Optional<String> id = InboundCheck.id(source, message, clock.instant());
        Receipt receipt = source.isPresent() && id.isPresent()
                ? take(source.get(), id.get(), message)
                : new Receipt(Result.UNTRUSTED, null);
        counts.computeIfAbsent(
                        key(source.map(InboundSource::name).orElse("unknown"), receipt.result()),
                        key -> new LongAdder())
                .increment();
        return receipt;
    }

    private Receipt take(InboundSource source, String id, InboundCheck.Message message) {
        Object content;
        try {
            content = JSON.readValue(message.body(), Object.class);
        } catch (IOException e) {
            return new Receipt(Result.UNREADABLE, null);
        }
        String key = source.name() + "/" + id;
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            Optional<String> before = known(source.name(), id);
            if (before.isPresent()) {
                return new Receipt(Result.REPEATED, before.get());
            }
            return publish(source, id, data(source, id, message, content));
        }
    }

    private Optional<String> known(String source, String id) {
        Optional<String> kept = Optional.ofNullable(unsaved.get(source + "/" + id));
        return kept.isPresent()
                ? kept
                : store.jdbc()
                        .sql("SELECT event FROM inbound_webhooks WHERE source = ? AND message = ?")
                        .params(source, id)
                        .query(String.class)
                        .optional();
    }

    private Map<String, Object> data(
            InboundSource source, String id, InboundCheck.Message message, @Nullable Object content) {
        Instant now = clock.instant();
        Event told = SystemEvents.stateChanged(
                new SystemEvents.Integration("inbound-webhook", source.name()),
                new SystemEvents.State("ONLINE", "RECEIVED", null),
                now);
        var webhook = new LinkedHashMap<String, Object>();
        webhook.put("id", id);
        message.header("x-github-event").ifPresent(type -> webhook.put("type", type));
        webhook.put("content", content);
        var data = new LinkedHashMap<>(told.data());
        data.put("webhook", webhook);
        return data;
    }

    private Receipt publish(InboundSource source, String id, Map<String, Object> data) {
        if (ensured.add(source.name())) {
            addresses.accept(source.name());
        }
        String eventId;
        try {
            var event = new Event(Event.Kind.SYSTEM, source.name(), SystemEvents.TYPE, clock.instant(), data, null);
            eventId = publisher.publish(event).id();
        } catch (IllegalArgumentException e) {
            return new Receipt(Result.UNREADABLE, null);
        }
        note(source.name(), id, eventId);
        return new Receipt(Result.ACCEPTED, eventId);
    }

    /** The event is on disk, so the sender is answered well even where this fails. */
    private void note(String source, String id, String eventId) {
        try {
            store.jdbc()
                    .sql("INSERT INTO inbound_webhooks (source, message, received, event) VALUES (?, ?, ?, ?)")
                    .params(source, id, WebhookTables.micros(clock.instant()).atOffset(ZoneOffset.UTC), eventId)
                    .update();
        } catch (DataAccessException e) {
            if (unsaved.size() < MOST_UNSAVED) {
                unsaved.put(source + "/" + id, eventId);
            }
            LOG.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("reason", Failures.reason(e))
                    .log("the id of an inbound webhook could not be noted; it is remembered until the hub stops");
        }
    }

    /** Forgets the oldest ids; to be called now and then. */
    void expire() {
        Instant oldest = clock.instant().minus(REMEMBERED);
        store.jdbc()
                .sql("DELETE FROM inbound_webhooks WHERE received < ?")
                .params(oldest.atOffset(ZoneOffset.UTC))
                .update();
        for (InboundSource source : sources.get()) {
            store.jdbc()
                    .sql("DELETE FROM inbound_webhooks WHERE source = :source AND received <= (SELECT received FROM"
                            + " inbound_webhooks WHERE source = :source ORDER BY received DESC LIMIT 1 OFFSET "
                            + MOST_REMEMBERED + ")")
                    .param("source", source.name())
                    .update();
        }
    }

    /** Names of the configured sources. */
    public List<String> names() {
        return sources.get().stream().map(InboundSource::name).toList();
    }

    /** Messages since the start. @param name of a source; {@code unknown}: of nobody who is known */
    public long counted(String name, Result result) {
        LongAdder count = counts.get(key(name, result));
        return count == null ? 0 : count.sum();
    }

    private static String key(String name, Result result) {
        return name + " " + result;
    }
}
