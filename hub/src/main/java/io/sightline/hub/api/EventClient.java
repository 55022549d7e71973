package io.sightline.hub.api;

import io.micrometer.core.instrument.Counter;
import io.sightline.hub.store.StoredEvent;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** One WebSocket that is told events, one message at a time, without a thread that waits for it. */
final class EventClient {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BATCH = 50;
    private static final Logger LOG = LoggerFactory.getLogger(EventClient.class);

    private final WebSocketSession session;
    private final RemoteEndpoint.Async remote;
    private final StoredEvents events;
    private final Clock clock;
    private final Deque<StoredEvent> batch = new ArrayDeque<>();
    private Optional<String> after;
    private boolean reading;
    private @Nullable Instant sendingSince;

    EventClient(WebSocketSession session, StoredEvents events, Optional<String> after, Clock clock) {
        this.session = session;
        this.events = events;
        this.after = after;
        this.clock = clock;
        Session bare = ((NativeWebSocketSession) session).getNativeSession(Session.class);
        if (bare == null) {
            throw new IllegalStateException("the server has no WebSocket of Jakarta's kind");
        }
        this.remote = bare.getAsyncRemote();
        this.remote.setSendTimeout(PATIENCE.multipliedBy(2).toMillis());
    }

    /**
     * Sends the next event, if none is on its way.
     *
     * @param again called when there may be more to send, on the server's thread
     */
    void pump(Counter sent, Runnable again) {
        StoredEvent next = begin();
        if (next == null) {
            return;
        }
        try {
            remote.sendText(new String(next.body(), StandardCharsets.UTF_8), result -> {
                done(next);
                if (result.isOK()) {
                    sent.increment();
                    again.run();
                }
            });
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("a WebSocket client is gone");
            close(CloseStatus.SERVER_ERROR);
        }
    }

    private @Nullable StoredEvent begin() {
        Optional<String> from;
        synchronized (this) {
            if (sendingSince != null || reading || !session.isOpen()) {
                return null;
            }
            if (!batch.isEmpty()) {
                sendingSince = clock.instant();
                return batch.poll();
            }
            reading = true;
            from = after;
        }
        List<StoredEvent> read = List.of();
        try {
            read = events.after(from, BATCH).events();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("events cannot be read now, the next turn tries again");
        }
        synchronized (this) {
            reading = false;
            batch.addAll(read);
            sendingSince = batch.isEmpty() ? null : clock.instant();
            return batch.poll();
        }
    }

    private synchronized void done(StoredEvent event) {
        after = Optional.of(event.id());
        sendingSince = null;
    }

    synchronized boolean isStuck() {
        return sendingSince != null && sendingSince.isBefore(clock.instant().minus(PATIENCE));
    }

    boolean mayStay(Standing standing) {
        return standing.holds(session.getPrincipal());
    }

    void ping(PingMessage ping) {
        synchronized (this) {
            if (sendingSince != null) {
                return; // what is on its way tells as much
            }
        }
        try {
            session.sendMessage(ping);
        } catch (IOException | IllegalStateException e) {
            close(CloseStatus.SERVER_ERROR);
        }
    }

    void close(CloseStatus status) {
        try {
            session.close(status);
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("a WebSocket client is gone");
        }
    }
}
