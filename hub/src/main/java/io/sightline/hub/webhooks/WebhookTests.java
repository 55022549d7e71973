package io.sightline.hub.webhooks;

import io.sightline.hub.webhooks.Attempt.End;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import io.sightline.processors.SealedEvent;
import io.sightline.processors.SystemEvents;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tries an endpoint: one signed event that no queue holds, sent at once and once. Any thread; blocks up to 20 s. */
public final class WebhookTests {
    private static final String SEQUENCE = "000000-0000000000000";

    private final Webhooks webhooks;
    private final Envelope envelope;
    private final DeliveryLog log;
    private final Clock clock;

    WebhookTests(Webhooks webhooks, Envelope envelope, DeliveryLog log, Clock clock) {
        this.webhooks = webhooks;
        this.envelope = envelope;
        this.log = log;
        this.clock = clock;
    }

    /** @return what came of it, also where no answer came; it is in the delivery log as attempt 0 */
    public Attempt send(Webhook webhook) {
        Endpoint endpoint = webhooks.endpoint(webhook.id()).orElseThrow();
        Instant at = clock.instant();
        SealedEvent event = event(webhook, at);
        long start = System.nanoTime();
        End end;
        try {
            var answer = endpoint.test(new Letter(event.id(), event.bytes(), false));
            end = End.of(answer, took(start));
        } catch (IOException e) {
            end = End.of(e, took(start));
        }
        var attempt = new Attempt(webhook.id(), event.id(), event.type(), 0, false, at, end);
        log.add(attempt);
        return attempt;
    }

    private SealedEvent event(Webhook webhook, Instant at) {
        Event told = SystemEvents.stateChanged(
                new SystemEvents.Integration("sink", webhook.sink()),
                new SystemEvents.State("ONLINE", "TEST", "somebody tries this endpoint; nothing has happened"),
                at);
        return envelope.seal(told, SEQUENCE, null);
    }

    private static Duration took(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
