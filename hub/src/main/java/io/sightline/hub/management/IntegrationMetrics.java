package io.sightline.hub.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code sightline_integration_state{kind,id,state}}: 1 for the state that an integration is in, else 0; and
 * {@code sightline_integration_changes_total{kind,id,state}}: how often it came into that state.
 */
final class IntegrationMetrics implements Refreshing {
    private final Integrations integrations;
    private final RemovableSeries series;

    IntegrationMetrics(MeterRegistry registry, Integrations integrations) {
        this.integrations = integrations;
        this.series = new RemovableSeries(registry, key -> meters(registry, key));
    }

    private List<Meter> meters(MeterRegistry registry, String key) {
        int slash = key.indexOf('/');
        String kind = key.substring(0, slash);
        String id = key.substring(slash + 1);
        return Arrays.stream(IntegrationState.values())
                .flatMap(state -> {
                    Tags tags = Tags.of("kind", kind, "id", id, "state", state.name());
                    return Stream.of(
                            Gauge.builder("sightline.integration.state", () -> is(kind, id, state))
                                    .description("1 for the state that the integration is in")
                                    .tags(tags)
                                    .register(registry),
                            FunctionCounter.builder(
                                            "sightline.integration.changes",
                                            integrations,
                                            all -> all.changes(kind, id, state))
                                    .description("Times that the integration came into the state")
                                    .tags(tags)
                                    .register(registry));
                })
                .toList();
    }

    private double is(String kind, String id, IntegrationState state) {
        return integrations
                .find(kind, id)
                .map(Integration::state)
                .filter(state::equals)
                .map(same -> 1.0)
                .orElse(0.0);
    }

    @Override
    public void refresh() {
        series.keep(integrations.all().stream()
                .map(one -> one.kind() + "/" + one.id())
                .collect(Collectors.toSet()));
    }
}
