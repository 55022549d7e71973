package io.sightline.hub.spine;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What the spine drops and refuses, as metrics. */
record SpineLosses(QueueKeeper keeper, CorePackets packets) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("sightline.spine.dropped", keeper, QueueKeeper::dropped)
                .description("Events dropped because their queue was over its budget")
                .tag("queue", "durable")
                .register(registry);
        FunctionCounter.builder("sightline.spine.dropped", keeper, QueueKeeper::droppedPassing)
                .description("Events dropped because their queue was over its budget")
                .tag("queue", "passing")
                .register(registry);
        FunctionCounter.builder("sightline.spine.packets.refused", packets, CorePackets::refused)
                .description("Packets that only brokers send, refused together with their connection")
                .register(registry);
    }
}
