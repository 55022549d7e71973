package io.sightline.hub.webhooks;

import io.sightline.hub.webhooks.Attempt.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** A webhook at work: its connections, its pauses, its counters. Events come on one thread; the rest from any. */
final class Endpoint implements Closeable {
    private static final long LOOK_MILLIS = 50;

    private final WebhookClient.Tools tools;
    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
    private final LongAdder filtered = new LongAdder();
    private volatile Webhook webhook;
    private volatile WebhookClient client;
    private volatile boolean open;
    /** In ns of {@link System#nanoTime}; the receiver asked to be left alone until then. */
    private volatile long quietUntil = System.nanoTime();

    Endpoint(Webhook webhook, WebhookClient.Tools tools) {
        this.tools = tools;
        this.webhook = webhook;
        this.client = client(webhook);
        this.open = webhook.state().enabled();
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    private WebhookClient client(Webhook of) {
        return new WebhookClient(WebhookAddress.of(of.settings().url()), tools);
    }

    Webhook webhook() {
        return webhook;
    }

    /** Takes over what was changed; a request that is under way to another address than the new one ends. */
    synchronized void update(Webhook next) {
        boolean moved = !next.settings().url().equals(webhook.settings().url());
        WebhookClient old = client;
        if (moved) {
            client = client(next);
            quietUntil = System.nanoTime();
        }
        webhook = next;
        open = next.state().enabled();
        if (moved) {
            old.close();
        }
    }

    /** Sends nothing more until it is updated. */
    void shut() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    /** Waits as long as the receiver asked for. @throws StoppedException if it is not to be waited any more */
    void await(BooleanSupplier goOn) throws IOException, InterruptedException {
        while (quietUntil - System.nanoTime() > 0) {
            if (!open || !goOn.getAsBoolean()) {
                throw new StoppedException("the route stops; the event stays in its queue");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /**
     * Sends an event once.
     *
     * @throws IOException if no answer came
     */
    WebhookClient.Answer post(Letter letter, BooleanSupplier goOn) throws IOException {
        if (!open) {
            throw new StoppedException("the endpoint is disabled; the event stays in its queue");
        }
        WebhookClient.Answer answer = client.post(headers(letter), letter.body(), () -> open && goOn.getAsBoolean());
        answer.retryAfter().ifPresent(this::rest);
        return answer;
    }

    /** Sends although it may be disabled: to try it. */
    WebhookClient.Answer test(Letter letter) throws IOException {
        return client.post(headers(letter), letter.body(), () -> true);
    }

    private Map<String, String> headers(Letter letter) {
        var headers = new LinkedHashMap<String, String>();
        var now = tools.clock().instant();
        headers.put("Content-Type", "application/cloudevents+json");
        headers.put("webhook-id", letter.id());
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", webhook.secrets().sign(letter.id(), now, letter.text()));
        if (letter.replay()) {
            headers.put("webhook-replay", "true");
        }
        return headers;
    }

    private void rest(Duration pause) {
        quietUntil = System.nanoTime() + pause.toNanos();
    }

    void count(Outcome outcome) {
        counts.get(outcome).increment();
    }

    void countFiltered() {
        filtered.increment();
    }

    long counted(Outcome outcome) {
        return counts.get(outcome).sum();
    }

    long filtered() {
        return filtered.sum();
    }

    @Override
    public void close() {
        open = false;
        client.close();
    }
}
