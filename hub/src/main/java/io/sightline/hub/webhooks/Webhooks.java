package io.sightline.hub.webhooks;

import io.sightline.hub.webhooks.Webhook.Owner;
import io.sightline.hub.webhooks.Webhook.State;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registered endpoints: kept in the database, each with a queue and a route of its own. Any thread; changes are made
 * one after the other and return when they are on the disk and at work.
 */
public final class Webhooks {
    static final int MOST = 100;
    static final int MOST_OF_OWNER = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 12;

    private final WebhookTables tables;
    private final WebhookRoutes routes;
    private final WebhookClient.Tools tools;
    private final ScheduledExecutorService background;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private volatile boolean loaded;

    /** @param background for what must not be done on a consumer's own thread */
    Webhooks(
            WebhookTables tables,
            WebhookRoutes routes,
            WebhookClient.Tools tools,
            ScheduledExecutorService background) {
        this.tables = tables;
        this.routes = routes;
        this.tools = tools;
        this.background = background;
    }

    /** A change that cannot be made. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean full;

        RefusedException(String message, boolean full) {
            super(message, null, false, false);
            this.full = full;
        }

        /** Whether there are as many as there may be already, and nothing else is wrong. */
        public boolean isFull() {
            return full;
        }
    }

    /**
     * Reads them and starts their routes; does nothing once that is done.
     *
     * @throws org.springframework.dao.DataAccessException while the database is away
     */
    synchronized void start() {
        if (loaded) {
            return;
        }
        tables.all().forEach(this::begin);
        loaded = true;
    }

    /** One that cannot be started costs the others nothing; what waits for it stays. */
    private void begin(Webhook webhook) {
        try {
            endpoints.put(webhook.id(), new Endpoint(webhook, tools));
            routes.flow(webhook);
            routes.run(webhook);
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.atError()
                    .addKeyValue("webhook", webhook.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("webhook could not be started");
        }
    }

    /** Makes the routes anew after their template was changed. */
    synchronized void remakeRoutes() {
        endpoints.values().forEach(endpoint -> routes.remake(endpoint.webhook()));
    }

    Optional<Endpoint> endpoint(String id) {
        return Optional.ofNullable(endpoints.get(id));
    }

    Collection<Endpoint> endpoints() {
        return endpoints.values();
    }

    /** In the order of their making. */
    public List<Webhook> all() {
        requireLoaded();
        return endpoints.values().stream()
                .map(Endpoint::webhook)
                .sorted(Comparator.comparing(Webhook::created).thenComparing(Webhook::id))
                .toList();
    }

    public Optional<Webhook> find(String id) {
        requireLoaded();
        return endpoint(id).map(Endpoint::webhook);
    }

    /**
     * Registers an endpoint.
     *
     * @return it, with the secret that is shown to nobody again
     * @throws RefusedException says why not
     */
    public synchronized Webhook create(WebhookSettings settings, Owner owner) {
        requireLoaded();
        requireRoom(owner);
        requireReachable(settings);
        var webhook = new Webhook(
                id(),
                owner,
                settings,
                State.ENABLED,
                WebhookTables.micros(tools.clock().instant()),
                SigningSecrets.fresh());
        tables.insert(webhook);
        endpoints.put(webhook.id(), new Endpoint(webhook, tools));
        routes.flow(webhook);
        routes.run(webhook);
        return webhook;
    }

    /**
     * Changes what is said of an endpoint, and whether it is enabled. What waits in its queue stays.
     *
     * @throws RefusedException says why not
     */
    public synchronized Webhook change(String id, WebhookSettings settings, boolean enabled) {
        Endpoint endpoint = required(id);
        if (!settings.url().equals(endpoint.webhook().settings().url())) {
            requireReachable(settings);
        }
        State state = endpoint.webhook().state();
        State next = enabled ? State.ENABLED : state.enabled() ? State.DISABLED : state;
        return take(endpoint, endpoint.webhook().with(settings).with(next));
    }

    /**
     * Gives an endpoint a new secret.
     *
     * @param overlap how long the present one signs beside it
     */
    public synchronized Webhook rotate(String id, Duration overlap) {
        Endpoint endpoint = required(id);
        Webhook webhook = endpoint.webhook();
        Instant until = tools.clock().instant().plus(overlap);
        return take(endpoint, webhook.with(webhook.secrets().rotated(until)));
    }

    /** Removes an endpoint with all that waits for it. */
    public synchronized void delete(String id) throws InterruptedException {
        Endpoint endpoint = required(id);
        tables.delete(id);
        endpoint.close();
        routes.remove(endpoint.webhook());
        endpoints.remove(id);
    }

    /** The receiver wants nothing any more: disables the endpoint, on another thread. */
    void gone(String id) {
        background.execute(() -> {
            try {
                disable(
                        id,
                        new State(false, "GONE", "answered 410 Gone; enable it once its receiver takes events again"));
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("webhook", id).setCause(e).log("webhook could not be disabled");
            }
        });
    }

    private synchronized void disable(String id, State state) {
        Endpoint endpoint = endpoints.get(id);
        if (endpoint != null && endpoint.webhook().state().enabled()) {
            take(endpoint, endpoint.webhook().with(state));
        }
    }

    private Webhook take(Endpoint endpoint, Webhook next) {
        tables.update(next);
        endpoint.update(next);
        routes.flow(next);
        routes.run(next);
        return next;
    }

    private Endpoint required(String id) {
        requireLoaded();
        return endpoint(id).orElseThrow(() -> new RefusedException("There is no webhook " + id + ".", false));
    }

    private void requireLoaded() {
        if (!loaded) {
            start();
        }
    }

    private void requireRoom(Owner owner) {
        long own = endpoints.values().stream()
                .filter(one -> one.webhook().owner().id().equals(owner.id()))
                .count();
        if (endpoints.size() >= MOST || own >= MOST_OF_OWNER) {
            throw new RefusedException(
                    "There are " + (own >= MOST_OF_OWNER ? own + " webhooks of yours" : endpoints.size() + " webhooks")
                            + ", allowed are " + MOST_OF_OWNER + " for each owner and " + MOST
                            + " in all; delete one that is not needed.",
                    true);
        }
    }

    private void requireReachable(WebhookSettings settings) {
        try {
            WebhookAddress address = WebhookAddress.of(settings.url());
            tools.guard().check(address.host(), address.port(), address.isPlain());
        } catch (IllegalArgumentException | UnknownHostException e) {
            String text = String.valueOf(e.getMessage());
            throw new RefusedException(text.startsWith("url:") ? text : "url: " + text + ".", false);
        }
    }

    private String id() {
        var id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
