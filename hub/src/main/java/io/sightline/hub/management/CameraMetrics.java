package io.sightline.hub.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.camera.CameraFigures;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What each camera delivers and loses: {@code sightline_camera_…{camera}}, losses by {@code cause}. */
final class CameraMetrics implements Refreshing {
    private final MeterRegistry registry;
    private final Supplier<Map<String, CameraFigures>> cameras;
    private final RemovableSeries series;

    /** @param cameras figures by camera; live objects */
    CameraMetrics(MeterRegistry registry, Supplier<Map<String, CameraFigures>> cameras) {
        this.registry = registry;
        this.cameras = cameras;
        this.series = new RemovableSeries(registry, this::meters);
    }

    @Override
    public void refresh() {
        series.keep(cameras.get().keySet());
    }

    private List<Meter> meters(String camera) {
        CameraFigures figures = cameras.get().get(camera);
        if (figures == null) {
            return List.of();
        }
        var watched = new Watched(camera, figures);
        return List.of(
                counter(watched, "frames.read", "Pictures read from the source", CameraFigures::framesRead),
                counter(watched, "reconnects", "Times the source was opened again", CameraFigures::reconnects),
                lost(watched, "broken", CameraFigures::framesBroken),
                lost(watched, "replaced", CameraFigures::framesReplaced),
                lost(watched, "no-slot", CameraFigures::framesWithoutSlot),
                lost(watched, "failed", CameraFigures::framesFailed),
                gauge(watched, "fps", "Pictures decoded per second", CameraFigures::framesPerSecond),
                gauge(watched, "frames.leased", "Frames in use now", CameraFigures::framesLeased));
    }

    private Meter counter(Watched watched, String name, String what, ToDoubleFunction<CameraFigures> value) {
        return FunctionCounter.builder("sightline.camera." + name, watched.figures(), value)
                .description(what)
                .tag("camera", watched.camera())
                .register(registry);
    }

    private Meter lost(Watched watched, String cause, ToDoubleFunction<CameraFigures> value) {
        return FunctionCounter.builder(FrameMetrics.LOST, watched.figures(), value)
                .description(FrameMetrics.LOST_MEANS)
                .tag("camera", watched.camera())
                .tag("cause", cause)
                .register(registry);
    }

    private Meter gauge(Watched watched, String name, String what, ToDoubleFunction<CameraFigures> value) {
        return Gauge.builder("sightline.camera." + name, watched.figures(), value)
                .description(what)
                .tag("camera", watched.camera())
                .register(registry);
    }

    /** Whose figures they are. */
    private record Watched(String camera, CameraFigures figures) {}
}
