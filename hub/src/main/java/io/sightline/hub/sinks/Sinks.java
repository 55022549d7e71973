package io.sightline.hub.sinks;

import io.sightline.engine.net.AddressSecrets;
import io.sightline.hub.settings.SettingsChange;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.spine.Failures;
import io.sightline.hub.spine.SinkLimits;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integrations;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sinks as the settings say: touches what changed and nothing else. Starting, changing and stopping happen one at a
 * time; {@link #of} may be asked by any thread.
 */
final class Sinks {
    /** Template in {@code spine-to-sink.camel.yaml}. */
    static final String TEMPLATE = "spine-to-sink";

    private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);
    private static final String KIND = "sink";
    private static final String ROUTE = "spine-to-sink-";
    private static final String DUE_TO = " due to: ";

    private final CamelContext camel;
    private final Spine spine;
    private final SinkLimits limits;
    private final Integrations integrations;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private @Nullable SightlineSettings applied;

    Sinks(CamelContext camel, Spine spine, SinkLimits limits, Integrations integrations) {
        this.camel = camel;
        this.spine = spine;
        this.limits = limits;
        this.integrations = integrations;
    }

    /**
     * A sink that runs.
     *
     * @param opening what its endpoint is made of
     */
    record Running(
            SinkSettings settings,
            SinkKind kind,
            Opening opening,
            @Nullable Endpoint endpoint) {}

    /** A sink that cannot be made is OFFLINE, and keeps nothing else from starting; its events wait. */
    synchronized void start(SightlineSettings settings) {
        applied = settings;
        settings.sinks().values().forEach(this::add);
    }

    /** Makes everything as the settings say, between start and stop; what could not be made before is tried again. */
    synchronized void change(SightlineSettings after) {
        SightlineSettings before = applied;
        if (before == null) {
            return;
        }
        applied = after;
        SettingsChange.Items items = new SettingsChange(before, after).sinks();
        items.removed().forEach(this::remove);
        Set<String> anew = new LinkedHashSet<>(items.added());
        anew.addAll(items.changed());
        after.sinks().keySet().stream().filter(this::isBroken).forEach(anew::add);
        for (String id : anew) {
            takeDown(id);
            add(after.sinks().get(id));
        }
    }

    private boolean isBroken(String id) {
        SightlineSettings settings = applied;
        return settings != null && settings.sinks().get(id).enabled() && !running.containsKey(id);
    }

    /** Makes the routes of all sinks anew, from a template that has changed. */
    synchronized void remakeRoutes() {
        SightlineSettings settings = applied;
        if (settings != null) {
            settings.sinks().keySet().forEach(this::takeDown);
            settings.sinks().values().forEach(this::add);
        }
    }

    /** Stops all routes and closes all connections; the queues stay as they are. */
    synchronized void stop() {
        applied = null;
        Set.copyOf(running.keySet()).forEach(this::takeDown);
    }

    /** The sink whose route this is. */
    Optional<Running> of(@Nullable String routeId) {
        return routeId == null || !routeId.startsWith(ROUTE)
                ? Optional.empty()
                : Optional.ofNullable(running.get(routeId.substring(ROUTE.length())));
    }

    private void add(SinkSettings sink) {
        limits.put(sink.id(), limits(sink));
        try {
            spine.ensureSink(sink.id(), SinkKinds.events(sink), owner(sink.id()));
        } catch (IllegalStateException e) {
            integrations.offline(KIND, sink.id(), "NAME_TAKEN", Failures.reason(e));
            return;
        }
        if (!sink.enabled()) {
            integrations.disabled(KIND, sink.id());
            return;
        }
        try {
            connect(sink);
            integrations.online(KIND, sink.id());
        } catch (Exception e) {
            takeDownRoute(sink.id());
            spine.ensureSink(sink.id(), SinkKinds.events(sink), owner(sink.id())); // its events wait
            integrations.offline(KIND, sink.id(), "MISCONFIGURED", reason(sink, e));
        }
    }

    private void connect(SinkSettings sink) throws Exception {
        SinkAddress address = SinkAddress.of(sink.uri()).orElseThrow();
        SinkKind kind = SinkKinds.of(address.scheme()).orElseThrow();
        var opening = new Opening(camel, sink, address);
        running.put(sink.id(), new Running(sink, kind, opening, null));
        Endpoint endpoint = kind.open(opening);
        running.put(sink.id(), new Running(sink, kind, opening, endpoint));
        camel.addEndpoint(target(sink.id()), endpoint);
        camel.addRouteFromTemplate(routeId(sink.id()), TEMPLATE, parameters(sink));
    }

    /** Camel tells the whole address, which may hold a password; what follows it is what matters. */
    private static String reason(SinkSettings sink, Exception failure) {
        String text = Failures.reason(failure);
        String message = String.valueOf(failure.getMessage());
        int why = message.lastIndexOf(DUE_TO);
        if (why >= 0) {
            text = AddressSecrets.hiddenIn(message.substring(why + DUE_TO.length()));
        }
        String password = sink.password().orElse("");
        return password.isBlank() ? text : text.replace(password, "***");
    }

    private static Map<String, Object> parameters(SinkSettings sink) {
        boolean once = sink.guaranteed() == Guarantee.AT_MOST_ONCE;
        return Map.of(
                "name", sink.id(),
                "kind", sink.from().isEmpty() ? "detections" : String.join(",", sink.from()),
                "filter", filter(sink),
                "target", target(sink.id()),
                "transacted", String.valueOf(!once),
                "failed", once ? "giveUp" : "retryOrDeadLetter");
    }

    /** The filter of the settings, and the cameras as one more. */
    static String filter(SinkSettings sink) {
        String wanted = sink.filter().orElse("true");
        if (sink.cameras().isEmpty()) {
            return wanted;
        }
        String cameras = sink.cameras().stream()
                .map(camera -> "'" + camera + "'")
                .collect(Collectors.joining(", ", "event.subject in [", "]"));
        return "(" + wanted + ") && (!event.source.contains('/cameras/') || " + cameras + ")";
    }

    private void remove(String id) {
        takeDown(id);
        limits.remove(id);
        integrations.remove(KIND, id);
    }

    private void takeDown(String id) {
        takeDownRoute(id);
        spine.releaseSink(id, owner(id));
    }

    private void takeDownRoute(String id) {
        try {
            if (camel.getRoute(routeId(id)) != null) {
                camel.getRouteController().stopRoute(routeId(id));
                camel.removeRoute(routeId(id));
            }
        } catch (Exception e) {
            LOG.atError().addKeyValue("sink", id).setCause(e).log("the route of a sink could not be stopped");
        }
        Running was = running.remove(id);
        if (was != null) {
            close(was);
        }
    }

    private void close(Running sink) {
        try {
            if (sink.endpoint() != null) {
                camel.removeEndpoint(sink.endpoint());
            }
        } catch (Exception e) {
            LOG.atDebug()
                    .addKeyValue("sink", sink.settings().id())
                    .setCause(e)
                    .log("the endpoint of a sink could not be removed");
        }
        sink.opening().close();
    }

    private static SinkLimits.Limits limits(SinkSettings sink) {
        return new SinkLimits.Limits(
                new SinkLimits.Budget(
                        sink.budget(), sink.budgetAge(), sink.whenFull().equals("drop-newest")),
                new SinkLimits.Retry(
                        sink.retry().first(),
                        sink.retry().longest(),
                        sink.retry().attempts()));
    }

    /** Id of the route that a sink gets. */
    static String routeId(String id) {
        return ROUTE + id;
    }

    private static String owner(String id) {
        return "route " + routeId(id);
    }

    private static String target(String id) {
        return "sink:" + id;
    }
}
