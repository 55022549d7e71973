package io.sightline.hub.management;

import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * The hub's health from the states of its integrations: UP if all are ONLINE or DISABLED, DOWN if the spine or the store
 * is not working, else DEGRADED.
 */
final class HubHealth implements HealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED", "Some integrations are not working");

    private static final Set<String> OWN = Set.of("spine", "store");

    private final Integrations integrations;

    HubHealth(Integrations integrations) {
        this.integrations = integrations;
    }

    @Override
    public Health health() {
        List<Integration> all = integrations.all();
        var health = Health.status(status(all));
        all.forEach(one -> health.withDetail(one.kind() + "/" + one.id(), detail(one)));
        return health.build();
    }

    private static Status status(List<Integration> all) {
        if (all.stream().anyMatch(one -> OWN.contains(one.kind()) && one.state() == IntegrationState.OFFLINE)) {
            return Status.DOWN;
        }
        boolean well = all.stream()
                .allMatch(one -> one.state() == IntegrationState.ONLINE || one.state() == IntegrationState.DISABLED);
        return well ? Status.UP : DEGRADED;
    }

    private static Map<String, Object> detail(Integration one) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("state", one.state());
        if (one.code() != null) {
            detail.put("code", one.code());
        }
        if (one.reason() != null) {
            detail.put("reason", one.reason());
        }
        detail.put("since", one.since());
        return detail;
    }
}
