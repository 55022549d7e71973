package io.sightline.hub.management;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code sightline_camera_queue_seconds} and {@code sightline_camera_inference_seconds} by camera and quantile: how long
 * its frames wait for an inference worker, and how long looking at one takes. Heard from any thread.
 */
final class CameraTimes {
    private static final double[] QUANTILES = {0.5, 0.95, 0.99};
    /** Of a quantile; finer ones cost each camera more memory. */
    private static final int DIGITS = 1;

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofMinutes(2);

    private final MeterRegistry registry;
    private final Map<String, Times> cameras = new ConcurrentHashMap<>();

    private record Times(Timer queue, Timer inference) {}

    CameraTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(String camera, Duration queued, Duration inference) {
        var times = cameras.computeIfAbsent(camera, this::times);
        times.queue.record(queued);
        times.inference.record(inference);
    }

    /** Forgets the others. */
    void keep(Set<String> present) {
        cameras.entrySet().removeIf(camera -> {
            boolean gone = !present.contains(camera.getKey());
            if (gone) {
                registry.remove(camera.getValue().queue);
                registry.remove(camera.getValue().inference);
            }
            return gone;
        });
    }

    private Times times(String camera) {
        return new Times(
                timer(camera, "sightline.camera.queue", "Time that frames wait for an inference worker"),
                timer(camera, "sightline.camera.inference", "Time that looking at a frame takes"));
    }

    private Timer timer(String camera, String name, String what) {
        return Timer.builder(name)
                .description(what)
                .tag("camera", camera)
                .publishPercentiles(QUANTILES)
                .percentilePrecision(DIGITS)
                .distributionStatisticExpiry(WINDOW)
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry);
    }
}
