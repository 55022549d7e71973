package io.sightline.hub.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.search.Search;
import io.sightline.camera.CameraCapabilities;
import io.sightline.camera.CameraComponent;
import io.sightline.camera.CameraFigures;
import io.sightline.hub.cameras.MotionCounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What each camera did, in numbers, for those who ask by REST. Any thread. */
final class CameraNumbers {
    private final CamelContext camel;
    private final MotionCounts motion;
    private final MeterRegistry meters;

    CameraNumbers(CamelContext camel, MotionCounts motion, MeterRegistry meters) {
        this.camel = camel;
        this.motion = motion;
        this.meters = meters;
    }

    /** @return the figures, empty while the camera never ran */
    Map<String, Object> of(String cameraId) {
        return figures(cameraId).map(figures -> numbers(cameraId, figures)).orElse(Map.of());
    }

    Optional<Instant> lastPictureAt(String cameraId) {
        return figures(cameraId).flatMap(CameraFigures::lastPictureAt);
    }

    /** What the camera offers, beside the rate at which its pictures arrive; empty while it was never connected. */
    Optional<Map<String, @Nullable Object>> capabilities(String cameraId) {
        return figures(cameraId).flatMap(figures -> figures.capabilities().map(offered -> view(figures, offered)));
    }

    private static Map<String, @Nullable Object> view(CameraFigures figures, CameraCapabilities offered) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("codec", offered.codec());
        view.put("profile", offered.profile().orElse(null));
        view.put("width", offered.width());
        view.put("height", offered.height());
        view.put("fps", offered.framesPerSecond() > 0 ? tenths(offered.framesPerSecond()) : null);
        view.put("measured_fps", tenths(figures.arrivalsPerSecond()));
        view.put("audio", offered.sound().orElse(null));
        return view;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private Optional<CameraFigures> figures(String cameraId) {
        return camel.hasComponent("camera") instanceof CameraComponent component
                ? Optional.ofNullable(component.figures().get(cameraId))
                : Optional.empty();
    }

    private Map<String, Object> numbers(String cameraId, CameraFigures figures) {
        var numbers = new LinkedHashMap<String, Object>();
        numbers.put("fps", tenths(figures.framesPerSecond()));
        numbers.put("frames_read", figures.framesRead());
        numbers.put("frames_handled", figures.framesHandled());
        numbers.put("frames_looked", motion.looked(cameraId));
        numbers.put("frames_skipped", motion.skipped(cameraId));
        numbers.put("frames_replaced", figures.framesReplaced());
        numbers.put("frames_broken", figures.framesBroken());
        numbers.put("frames_without_slot", figures.framesWithoutSlot());
        numbers.put("frames_failed", figures.framesFailed());
        numbers.put("reconnects", figures.reconnects());
        putMillis(numbers, "queue_ms", meters.find("sightline.camera.queue").tag("camera", cameraId));
        putMillis(
                numbers,
                "inference_ms",
                meters.find("sightline.camera.inference").tag("camera", cameraId));
        return numbers;
    }

    /** The quantiles of the last minutes; none while nothing was measured. */
    private static void putMillis(Map<String, Object> numbers, String name, Search search) {
        Timer timer = search.timer();
        if (timer == null || timer.count() == 0) {
            return;
        }
        for (ValueAtPercentile one : timer.takeSnapshot().percentileValues()) {
            double millis = Math.round(one.value(TimeUnit.MICROSECONDS) / 100) / 10.0;
            numbers.put(name + "_p" + Math.round(one.percentile() * 100), millis);
        }
    }
}
