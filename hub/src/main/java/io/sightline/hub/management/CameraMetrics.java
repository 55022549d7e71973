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
        return List.of(
                counter(camera, figures, "frames.read", "Pictures read from the source", CameraFigures::framesRead),
                counter(camera, figures, "reconnects", "Times the source was opened again", CameraFigures::reconnects),
                lost(camera, figures, "broken", CameraFigures::framesBroken),
                lost(camera, figures, "replaced", CameraFigures::framesReplaced),
                lost(camera, figures, "no-slot", CameraFigures::framesWithoutSlot),
                lost(camera, figures, "failed", CameraFigures::framesFailed),
                gauge(camera, figures, "fps", "Pictures decoded per second", CameraFigures::framesPerSecond),
                gauge(camera, figures, "frames.leased", "Frames in use now", CameraFigures::framesLeased));
    }

    private Meter counter(
            String camera, CameraFigures figures, String name, String what, ToDoubleFunction<CameraFigures> value) {
        return FunctionCounter.builder("sightline.camera." + name, figures, value)
                .description(what)
                .tag("camera", camera)
                .register(registry);
    }

    private Meter lost(String camera, CameraFigures figures, String cause, ToDoubleFunction<CameraFigures> value) {
        return FunctionCounter.builder(FrameMetrics.LOST, figures, value)
                .description(FrameMetrics.LOST_MEANS)
                .tag("camera", camera)
                .tag("cause", cause)
                .register(registry);
    }

    private Meter gauge(
            String camera, CameraFigures figures, String name, String what, ToDoubleFunction<CameraFigures> value) {
        return Gauge.builder("sightline.camera." + name, figures, value)
                .description(what)
                .tag("camera", camera)
                .register(registry);
    }
}
