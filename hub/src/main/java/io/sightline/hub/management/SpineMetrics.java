package io.sightline.hub.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.hub.spine.Spine;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many events went into the spine, and how many wait there, by sink. */
final class SpineMetrics implements Refreshing {
    private final MeterRegistry registry;
    private final Spine spine;
    private final Supplier<@Nullable EventPublisher> publishers;
    private final RemovableSeries depths;
    private boolean bound;

    /** @param publishers gives null while there is none yet */
    SpineMetrics(MeterRegistry registry, Spine spine, Supplier<@Nullable EventPublisher> publishers) {
        this.registry = registry;
        this.spine = spine;
        this.publishers = publishers;
        this.depths = new RemovableSeries(
                registry,
                sink -> List.of(Gauge.builder("sightline.spine.waiting", spine, it -> it.waiting(sink))
                        .description("Events that wait for a sink")
                        .tag("sink", sink)
                        .register(registry)));
        Gauge.builder("sightline.spine.dead.letters", spine, Spine::deadLetters)
                .description("Events that a receiver rejected for good")
                .register(registry);
        Gauge.builder("sightline.spine.orphans", spine, it -> it.orphans().size())
                .description("Queues that nobody reads")
                .register(registry);
    }

    @Override
    public void refresh() {
        depths.keep(new HashSet<>(spine.sinks()));
        EventPublisher publisher = bound ? null : publishers.get();
        if (publisher != null) {
            bind(publisher);
            bound = true;
        }
    }

    private void bind(EventPublisher publisher) {
        for (Event.Kind kind : Event.Kind.values()) {
            FunctionCounter.builder("sightline.events.published", publisher, it -> it.published(kind))
                    .description("Events that the spine has taken")
                    .tag("kind", kind.word())
                    .register(registry);
        }
        FunctionCounter.builder("sightline.events.publish.retries", publisher, EventPublisher::retries)
                .description("Sendings that failed and were made again")
                .register(registry);
    }
}
