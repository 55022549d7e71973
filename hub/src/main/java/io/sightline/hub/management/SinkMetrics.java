package io.sightline.hub.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.hub.spine.accounts.SinkBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The account of each sink: {@code sightline_sink_events_total{sink,outcome}} and what belongs to it, with no label but the
 * name of the sink.
 */
final class SinkMetrics implements Refreshing {
    private static final Map<String, ToDoubleFunction<SinkBalance>> OUTCOMES = Map.of(
            "accepted", SinkBalance::accepted,
            "delivered", SinkBalance::delivered,
            "filtered", SinkBalance::filtered,
            "dropped", SinkBalance::dropped,
            "dead", SinkBalance::died);

    private final MeterRegistry registry;
    private final SinkFigures figures;
    private final RemovableSeries series;

    SinkMetrics(MeterRegistry registry, SinkFigures figures) {
        this.registry = registry;
        this.figures = figures;
        this.series = new RemovableSeries(registry, this::meters);
    }

    @Override
    public void refresh() {
        Set<String> sinks = figures.refresh();
        series.keep(sinks);
    }

    private List<Meter> meters(String sink) {
        var meters = new ArrayList<Meter>();
        OUTCOMES.forEach((outcome, value) ->
                meters.add(FunctionCounter.builder("sightline.sink.events", figures, it -> it.value(sink, value))
                        .description("Events by what became of them; unique but for dead, which counts each time")
                        .tag("sink", sink)
                        .tag("outcome", outcome)
                        .register(registry)));
        meters.add(counter(sink, "attempts", "Deliveries begun", SinkBalance::attempts));
        meters.add(counter(sink, "redeliveries", "Deliveries begun again", SinkBalance::redeliveries));
        meters.add(
                counter(sink, "repeated", "Events that came again after they were dealt with", SinkBalance::repeated));
        meters.add(gauge(sink, "waiting", "Events in the queue of the sink", SinkBalance::waiting));
        meters.add(gauge(sink, "dead.letters", "Events of the sink in the dead letters", SinkBalance::dead));
        meters.add(gauge(sink, "missing", "Events that did not come though later ones did", SinkBalance::missing));
        meters.add(gauge(sink, "difference", "Accepted events that are nowhere to be found", SinkBalance::difference));
        meters.add(Gauge.builder("sightline.sink.oldest.waiting.seconds", figures, it -> it.oldestSeconds(sink))
                .description("Age of the oldest event that waits; 0 where none does")
                .tag("sink", sink)
                .register(registry));
        return meters;
    }

    private Meter counter(String sink, String name, String description, ToDoubleFunction<SinkBalance> value) {
        return FunctionCounter.builder("sightline.sink." + name, figures, it -> it.value(sink, value))
                .description(description)
                .tag("sink", sink)
                .register(registry);
    }

    private Meter gauge(String sink, String name, String description, ToDoubleFunction<SinkBalance> value) {
        return Gauge.builder("sightline.sink." + name, figures, it -> it.value(sink, value))
                .description(description)
                .tag("sink", sink)
                .register(registry);
    }
}
