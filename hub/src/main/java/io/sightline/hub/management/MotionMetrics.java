package io.sightline.hub.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.engine.motion.Verdict;
import io.sightline.hub.cameras.MotionCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the motion gate did with each camera's frames: {@code sightline_camera_frames_looked_total{camera,reason}} and skipped. */
final class MotionMetrics implements Refreshing {
    private final MeterRegistry registry;
    private final MotionCounts counts;
    private final Supplier<Set<String>> cameras;
    private final RemovableSeries series;

    /** @param cameras ids of the cameras that there are now */
    MotionMetrics(MeterRegistry registry, MotionCounts counts, Supplier<Set<String>> cameras) {
        this.registry = registry;
        this.counts = counts;
        this.cameras = cameras;
        this.series = new RemovableSeries(registry, this::meters);
    }

    @Override
    public void refresh() {
        Set<String> present = cameras.get();
        series.keep(present);
        counts.keep(present);
    }

    private List<Meter> meters(String camera) {
        var meters = new ArrayList<Meter>();
        for (var why : Verdict.Why.values()) {
            meters.add(counter("looked", camera, why.word(), count -> count.looked(camera, why.word())));
        }
        for (var why : Verdict.WhyNot.values()) {
            meters.add(counter("skipped", camera, why.word(), count -> count.skipped(camera, why.word())));
        }
        return meters;
    }

    private Meter counter(String what, String camera, String reason, ToDoubleFunction<MotionCounts> value) {
        return FunctionCounter.builder("sightline.camera.frames." + what, counts, value)
                .description(
                        what.equals("looked")
                                ? "Frames that the motion gate let through to the detector, by reason"
                                : "Frames that the motion gate passed over, by reason")
                .tag("camera", camera)
                .tag("reason", reason)
                .register(registry);
    }
}
