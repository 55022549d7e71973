package io.sightline.hub.api;

import io.sightline.hub.events.EventRoutes;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import io.sightline.hub.store.StoreProbe;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations on the hub itself: health, integrations, routes. */
public final class HubOperations {
    private static final Logger LOG = LoggerFactory.getLogger(HubOperations.class);
    private static final Set<String> VITAL = Set.of("spine", "store");

    private final Integrations integrations;
    private final CamelContext camel;
    private final Clock clock;
    private final StoreProbe store;

    HubOperations(Integrations integrations, CamelContext camel, Clock clock, StoreProbe store) {
        this.integrations = integrations;
        this.camel = camel;
        this.clock = clock;
        this.store = store;
    }

    /** Open to everyone, so it tells kinds and states, no ids, reasons or addresses. */
    public Map<String, Object> health() {
        long begun = System.nanoTime();
        List<Integration> all = integrations.all();
        var services = new LinkedHashMap<String, Object>();
        all.stream().map(Integration::kind).distinct().sorted().forEach(kind -> {
            List<Integration> same =
                    all.stream().filter(one -> one.kind().equals(kind)).toList();
            Duration took = kind.equals("store") ? store.took() : Duration.ofNanos(System.nanoTime() - begun);
            services.put(kind, Map.of("status", status(same), "response_time", took.toNanos() / 1e9));
        });
        var answer = new LinkedHashMap<String, Object>();
        answer.put("status", status(all));
        answer.put("timestamp", clock.instant());
        answer.put("services", services);
        return answer;
    }

    static String status(List<Integration> some) {
        if (some.stream().anyMatch(one -> VITAL.contains(one.kind()) && one.state() == IntegrationState.OFFLINE)) {
            return "unhealthy";
        }
        boolean good = some.stream()
                .allMatch(one -> one.state() == IntegrationState.ONLINE || one.state() == IntegrationState.DISABLED);
        return good ? "healthy" : "degraded";
    }

    public Map<String, Object> integrations() {
        return Map.of(
                "integrations",
                integrations.all().stream().map(HubOperations::view).toList());
    }

    private static Map<String, @Nullable Object> view(Integration one) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("kind", one.kind());
        view.put("id", one.id());
        view.put("state", one.state());
        view.put("code", one.code());
        view.put("reason", one.reason());
        view.put("since", one.since());
        return view;
    }

    public Map<String, Object> routes() {
        return Map.of(
                "routes",
                camel.getRoutes().stream()
                        .sorted(Comparator.comparing(Route::getRouteId))
                        .map(this::view)
                        .toList());
    }

    private Map<String, @Nullable Object> view(Route route) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", route.getRouteId());
        view.put("group", route.getGroup());
        view.put("description", route.getDescription());
        view.put("state", String.valueOf(camel.getRouteController().getRouteStatus(route.getRouteId())));
        return view;
    }

    public Map<String, Object> start(@Header("id") String id) throws Exception {
        known(id);
        camel.getRouteController().startRoute(id);
        return changed(id);
    }

    public Map<String, Object> stop(@Header("id") String id) throws Exception {
        if (known(id).getEndpoint().getEndpointUri().startsWith("rest-openapi")) {
            throw new ProblemException(409, "This route is the REST interface itself.");
        }
        if (EventRoutes.mustRun(id)) {
            throw new ProblemException(
                    409, "Events would be lost without this route; stop the route of a camera instead.");
        }
        camel.getRouteController().stopRoute(id);
        return changed(id);
    }

    private Map<String, Object> changed(String id) {
        String state = String.valueOf(camel.getRouteController().getRouteStatus(id));
        LOG.atInfo()
                .addKeyValue("routeId", id)
                .addKeyValue("state", state)
                .addKeyValue("caller", CallerArgument.current().getName())
                .log("a route was started or stopped through REST");
        return Map.of("id", id, "state", state);
    }

    private Route known(String id) {
        Route route = camel.getRoute(id);
        if (route == null) {
            throw ProblemException.notFound("The route");
        }
        return route;
    }
}
