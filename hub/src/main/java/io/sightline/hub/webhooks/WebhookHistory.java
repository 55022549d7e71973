package io.sightline.hub.webhooks;

import io.sightline.hub.webhooks.Attempt.Outcome;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What was delivered to endpoints: the last attempts, and counters since the start. Any thread. */
public final class WebhookHistory {
    private final Webhooks webhooks;
    private final DeliveryLog log;

    WebhookHistory(Webhooks webhooks, DeliveryLog log) {
        this.webhooks = webhooks;
        this.log = log;
    }

    /** The newest first; of the last half second some may be missing. */
    public List<Attempt> attempts(Webhook webhook, int limit) {
        return log.list(webhook.id(), limit);
    }

    /** Ids of the endpoints. */
    public Set<String> ids() {
        return webhooks.endpoints().stream().map(one -> one.webhook().id()).collect(Collectors.toSet());
    }

    /** Attempts with this outcome. */
    public long counted(String id, Outcome outcome) {
        return webhooks.endpoint(id).map(one -> one.counted(outcome)).orElse(0L);
    }

    /** Events that its filter left out. */
    public long filtered(String id) {
        return webhooks.endpoint(id).map(Endpoint::filtered).orElse(0L);
    }

    /** Entries of the log that were never written. */
    public long lost() {
        return log.lost();
    }
}
