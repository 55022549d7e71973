package io.sightline.hub.store;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What the store wrote and removed, as metrics. */
record StoreMetrics(StoreEvent step, Retention retention) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("sightline.store.events", step, StoreEvent::stored)
                .description("Events that came to the store")
                .tag("result", "stored")
                .register(registry);
        FunctionCounter.builder("sightline.store.events", step, StoreEvent::repeated)
                .description("Events that came to the store")
                .tag("result", "repeated")
                .register(registry);
        FunctionCounter.builder("sightline.store.removed", retention, Retention::removedRows)
                .description("What was removed for its age or for want of space")
                .tag("what", "rows")
                .register(registry);
        FunctionCounter.builder("sightline.store.removed", retention, Retention::removedSnapshots)
                .description("What was removed for its age or for want of space")
                .tag("what", "snapshots")
                .register(registry);
    }
}
