package io.sightline.hub.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.hub.counts.EventCounter;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code sightline_count_current{camera}}: how many are in a camera's picture by the events that are stored. */
final class CountMetrics implements Refreshing {
    private final Supplier<Set<String>> cameras;
    private final RemovableSeries series;

    /** @param cameras ids of those that are configured */
    CountMetrics(MeterRegistry registry, EventCounter counter, Supplier<Set<String>> cameras) {
        this.cameras = cameras;
        this.series = new RemovableSeries(
                registry,
                camera -> List.of(Gauge.builder("sightline.count.current", () -> counter.present(camera))
                        .description("How many are in the picture, of all labels")
                        .tag("camera", camera)
                        .register(registry)));
    }

    @Override
    public void refresh() {
        series.keep(cameras.get());
    }
}
