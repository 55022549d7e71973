package io.sightline.processors;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The step {@code publishEvent}: numbers an event, wraps it, and returns when the spine has it on disk. While the spine
 * refuses, the same bytes are offered again, with growing pauses, and the caller waits; only {@link #close()} ends that.
 * Numbering and sending share one lock per source, so no number is skipped and none overtakes. Any thread.
 *
 * <p>Nothing in the inbound message has a say in where the event goes.
 */
public final class EventPublisher implements Processor, AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Envelope envelope;
    private final Sequences sequences;
    private final SpineSender spine;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Event.Kind, LongAdder> published = new EnumMap<>(Event.Kind.class);
    private final LongAdder retries = new LongAdder();
    /** Ids of events on their way, with the time in ns at which the spine was last asked to take them. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    private final SpineTrouble trouble;

    /** @param listener is told when the spine begins to refuse, and when it takes everything again */
    public EventPublisher(Envelope envelope, Sequences sequences, SpineSender spine, SpineListener listener) {
        this.trouble = new SpineTrouble(listener);
        this.envelope = envelope;
        this.sequences = sequences;
        this.spine = spine;
        for (var kind : Event.Kind.values()) {
            published.put(kind, new LongAdder());
        }
    }

    /** Publishes the {@link Event} in the body and leaves its bytes there, with our headers. */
    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage();
        if (!(message.getBody() instanceof Event event)) {
            throw new IllegalArgumentException("publishEvent needs an Event in the body");
        }
        var sealed = publish(event, message.getHeader(SightlineHeaders.TRACEPARENT, String.class));
        message.removeHeaders(SightlineHeaders.PREFIX + "*");
        message.setBody(sealed.bytes());
        message.setHeader(Exchange.CONTENT_TYPE, SightlineHeaders.CLOUD_EVENT);
        message.setHeader(SightlineHeaders.ADDRESS, sealed.address());
        message.setHeader(SightlineHeaders.EVENT_ID, sealed.id());
        message.setHeader(SightlineHeaders.EVENT_TYPE, sealed.type());
    }

    /** As {@link #publish(Event, String)} without a trace. */
    public SealedEvent publish(Event event) {
        return publish(event, null);
    }

    /**
     * @return what the spine has on disk now
     * @throws IllegalArgumentException if the event may not be sent; no number is used
     * @throws IllegalStateException if the publisher was closed before the spine had it
     */
    public SealedEvent publish(Event event, @Nullable String traceparent) {
        envelope.check(event);
        var result = new SealedEvent[1];
        sequences.inOrder(envelope.source(event), sequence -> {
            result[0] = envelope.seal(event, sequence, traceparent);
            sendUntilDone(result[0], headers(sequence, traceparent));
        });
        published.get(event.kind()).increment();
        return result[0];
    }

    /** Events of one kind that the spine has taken. */
    public long published(Event.Kind kind) {
        return published.get(kind).sum();
    }

    /** Sendings that failed and were made again. */
    public long retries() {
        return retries.sum();
    }

    /** Why the spine refuses now; empty while it takes what comes. */
    public Optional<String> trouble() {
        return trouble.reason();
    }

    /**
     * Takes a spine for refusing that was asked to take an event longer ago than this and has not answered. To be called
     * now and then.
     */
    public void look(Duration patience) {
        long now = System.nanoTime();
        asked.forEach((eventId, since) -> {
            if (now - since > patience.toNanos()) {
                trouble.refused(eventId, "no answer for more than " + patience.toMillis() + " ms");
            }
        });
        trouble.keepOnly(asked.keySet());
    }

    /** Ends all waiting for the spine; nothing is sent afterwards. May be called twice. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** An interrupt does not end it: a commit may be under way, and the number must not go to another event. */
    private void sendUntilDone(SealedEvent event, Map<String, Object> headers) {
        Duration pause = FIRST_PAUSE;
        boolean interrupted = false;
        try {
            while (true) {
                requireOpen(event);
                interrupted |= Thread.interrupted();
                if (offer(event, headers)) {
                    return;
                }
                retries.increment();
                interrupted |= waitInterrupted(pause);
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        } finally {
            asked.remove(event.id());
            trouble.over(event.id(), closed.getCount() > 0);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean offer(SealedEvent event, Map<String, Object> headers) {
        asked.put(event.id(), System.nanoTime());
        try {
            spine.send(event.address(), event.bytes(), headers);
            return true;
        } catch (Exception e) {
            trouble.refused(event.id(), e.getClass().getSimpleName() + ": " + e.getMessage());
            return false;
        }
    }

    private static Map<String, Object> headers(String sequence, @Nullable String traceparent) {
        var headers = new HashMap<String, Object>();
        headers.put(SightlineHeaders.SEQUENCE, sequence);
        headers.put(Exchange.CONTENT_TYPE, SightlineHeaders.CLOUD_EVENT);
        if (traceparent != null) {
            headers.put(SightlineHeaders.TRACEPARENT, traceparent);
        }
        return headers;
    }

    private void requireOpen(SealedEvent event) {
        if (closed.getCount() == 0) {
            throw new IllegalStateException("the hub stops; not sent: " + event);
        }
    }

    /** @return whether the thread was interrupted meanwhile */
    private boolean waitInterrupted(Duration pause) {
        try {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
