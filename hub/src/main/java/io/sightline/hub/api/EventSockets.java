package io.sightline.hub.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Events over WebSocket. Each client has its place in the stored events and one batch at a time on its way, so a slow
 * one costs no memory; one that takes nothing for too long is closed with {@link #TOO_SLOW} and may resume after the
 * last event that it has.
 */
final class EventSockets extends TextWebSocketHandler implements AutoCloseable {
    static final CloseStatus TOO_SLOW = new CloseStatus(4008, "too slow, resume after the last event");
    static final CloseStatus LOGIN_OVER = new CloseStatus(4001, "the login is over");
    static final CloseStatus FULL = new CloseStatus(1013, "too many clients");
    static final int MOST_CLIENTS = 200;
    static final int LARGEST_MESSAGE = 4096;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final StoredEvents events;
    private final Standing standing;
    private final Clock clock;
    private final Counter sent;
    private final Counter tooSlow;
    private final Map<String, EventClient> clients = new ConcurrentHashMap<>();
    private final ExecutorService readers = Executors.newFixedThreadPool(2, named("events-read"));
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(named("events-watch"));
    private final AtomicBoolean waking = new AtomicBoolean();

    EventSockets(StoredEvents events, Standing standing, Clock clock, MeterRegistry meters) {
        this.events = events;
        this.standing = standing;
        this.clock = clock;
        this.sent = meters.counter("sightline.socket.events.sent");
        this.tooSlow = meters.counter("sightline.socket.clients.too.slow");
        meters.gaugeMapSize("sightline.socket.clients", List.of(), clients);
        events.listen(this::wake);
        watch.scheduleWithFixedDelay(
                this::look, Standing.TURN.toSeconds(), Standing.TURN.toSeconds(), TimeUnit.SECONDS);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        session.setTextMessageSizeLimit(LARGEST_MESSAGE);
        if (clients.size() >= MOST_CLIENTS) {
            session.close(FULL);
            return;
        }
        String after = UriComponentsBuilder.fromUri(session.getUri())
                .build()
                .getQueryParams()
                .getFirst("after");
        if (after != null && !ID.matcher(after).matches()) {
            session.close(CloseStatus.POLICY_VIOLATION);
            return;
        }
        Optional<String> from = "latest".equals(after) ? events.newest() : Optional.ofNullable(after);
        var client = new EventClient(session, events, from, clock);
        clients.put(session.getId(), client);
        readers.execute(() -> pump(client));
    }

    private void wake() {
        if (waking.compareAndSet(false, true)) {
            readers.execute(() -> {
                waking.set(false);
                clients.values().forEach(client -> readers.execute(() -> pump(client)));
            });
        }
    }

    private void pump(EventClient client) {
        client.pump(sent, () -> readers.execute(() -> pump(client)));
    }

    /** Looks after clients that are stuck, logged out, or gone without a word. */
    private void look() {
        for (EventClient client : clients.values()) {
            if (client.isStuck()) {
                tooSlow.increment();
                client.close(TOO_SLOW);
            } else if (!client.mayStay(standing)) {
                client.close(LOGIN_OVER);
            } else {
                client.ping(new PingMessage());
                readers.execute(() -> pump(client));
            }
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
        session.close(CloseStatus.POLICY_VIOLATION.withReason("this socket only tells"));
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable reason) {
        clients.remove(session.getId());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        clients.remove(session.getId());
    }

    int clients() {
        return clients.size();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        clients.values().forEach(client -> client.close(CloseStatus.GOING_AWAY));
        readers.shutdownNow();
    }
}
