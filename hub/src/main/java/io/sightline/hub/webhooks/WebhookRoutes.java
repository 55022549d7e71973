package io.sightline.hub.webhooks;

import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.Event;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** The sink of each endpoint: its queue, the route that reads it, its state. One thread at a time. */
final class WebhookRoutes {
    /** Template in {@code spine-to-webhook.camel.yaml}. */
    static final String TEMPLATE = "spine-to-webhook";

    private static final String KIND = "sink";
    private static final int TRIES = 50;
    private static final long TRY_MILLIS = 100;

    private final Spine spine;
    private final Integrations integrations;
    private final Supplier<CamelContext> camel;

    WebhookRoutes(Spine spine, Integrations integrations, Supplier<CamelContext> camel) {
        this.spine = spine;
        this.integrations = integrations;
        this.camel = camel;
    }

    /** Id of the route of an endpoint. */
    static String routeId(String id) {
        return "spine-to-webhook-" + id;
    }

    private static String owner(Webhook webhook) {
        return "webhook " + webhook.id();
    }

    /** Lets events flow into its queue as it stands now; what waits there stays. */
    void flow(Webhook webhook) {
        Set<Event.Kind> kinds = webhook.state().enabled() ? webhook.settings().kinds() : Set.of();
        spine.ensureSink(webhook.sink(), kinds, owner(webhook));
    }

    /** Starts or stops its route, as it stands now. */
    void run(Webhook webhook) {
        boolean runs = camel.get().getRoute(routeId(webhook.id())) != null;
        if (webhook.state().enabled() && !runs) {
            add(webhook);
            integrations.online(KIND, webhook.sink());
        } else if (!webhook.state().enabled()) {
            removeRoute(webhook);
            Webhook.State state = webhook.state();
            if (state.code() == null) {
                integrations.disabled(KIND, webhook.sink());
            } else {
                integrations.ended(KIND, webhook.sink(), state.code(), String.valueOf(state.reason()));
            }
        }
    }

    private void add(Webhook webhook) {
        try {
            camel.get().addRouteFromTemplate(routeId(webhook.id()), TEMPLATE, Map.of("webhook", webhook.id()));
        } catch (Exception e) {
            throw new IllegalStateException("webhook " + webhook.id() + ": its route cannot be made", e);
        }
    }

    /** Makes the route anew from a changed template. */
    void remake(Webhook webhook) {
        removeRoute(webhook);
        run(webhook);
    }

    private void removeRoute(Webhook webhook) {
        String id = routeId(webhook.id());
        if (camel.get().getRoute(id) == null) {
            return;
        }
        try {
            camel.get().getRouteController().stopRoute(id);
            camel.get().removeRoute(id);
        } catch (Exception e) {
            throw new IllegalStateException("webhook " + webhook.id() + ": its route cannot be stopped", e);
        }
    }

    /** Removes route and queue, with all that waits there. */
    void remove(Webhook webhook) throws InterruptedException {
        removeRoute(webhook);
        spine.releaseSink(webhook.sink(), owner(webhook));
        // the broker notices a moment later that the consumer is gone
        for (int i = 0; i < TRIES && !spine.removeOrphan(Spine.SINKS + webhook.sink()); i++) {
            Thread.sleep(TRY_MILLIS);
        }
        integrations.remove(KIND, webhook.sink());
    }
}
