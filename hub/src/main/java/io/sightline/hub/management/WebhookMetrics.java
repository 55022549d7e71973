package io.sightline.hub.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.hub.webhooks.Attempt.Outcome;
import io.sightline.hub.webhooks.Inbox;
import io.sightline.hub.webhooks.WebhookHistory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code sightline_webhook_attempts_total{webhook,outcome}}, {@code sightline_webhook_filtered_total{webhook}} and
 * {@code sightline_webhook_inbound_total{source,result}}; by ids of registered endpoints and names of configured sources.
 */
final class WebhookMetrics implements Refreshing {
    private final WebhookHistory history;
    private final Inbox inbox;
    private final RemovableSeries endpoints;
    private final RemovableSeries sources;

    WebhookMetrics(MeterRegistry registry, WebhookHistory history, Inbox inbox) {
        this.history = history;
        this.inbox = inbox;
        this.endpoints = new RemovableSeries(registry, id -> endpoint(registry, id));
        this.sources = new RemovableSeries(registry, name -> source(registry, name));
        FunctionCounter.builder("sightline.webhook.log.lost", history, WebhookHistory::lost)
                .description("Entries of delivery logs that were never written")
                .register(registry);
    }

    private List<Meter> endpoint(MeterRegistry registry, String id) {
        Stream<Meter> attempts = Arrays.stream(Outcome.values()).map(outcome -> FunctionCounter.builder(
                        "sightline.webhook.attempts", history, it -> it.counted(id, outcome))
                .description("Sendings to the endpoint")
                .tag("webhook", id)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry));
        Meter filtered = FunctionCounter.builder("sightline.webhook.filtered", history, it -> it.filtered(id))
                .description("Events that the endpoint does not want")
                .tag("webhook", id)
                .register(registry);
        return Stream.concat(attempts, Stream.of(filtered)).toList();
    }

    private List<? extends Meter> source(MeterRegistry registry, String name) {
        return Arrays.stream(Inbox.Result.values())
                .map(result -> FunctionCounter.builder(
                                "sightline.webhook.inbound", inbox, it -> it.counted(name, result))
                        .description("Messages of the source")
                        .tag("source", name)
                        .tag("result", result.name().toLowerCase(Locale.ROOT))
                        .register(registry))
                .toList();
    }

    @Override
    public void refresh() {
        endpoints.keep(history.ids());
        var names = new HashSet<>(inbox.names());
        names.add("unknown");
        sources.keep(names);
    }
}
