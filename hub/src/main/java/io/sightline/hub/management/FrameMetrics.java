package io.sightline.hub.management;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.InferenceListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What became of the frames of each camera after it was read: looked at, given up, turned into detections. Heard from
 * any thread; a camera that is gone takes its series with it.
 */
final class FrameMetrics implements InferenceListener, Refreshing {
    static final String LOST = "sightline.camera.frames.lost";
    static final String LOST_MEANS = "Frames that were not looked at, by cause";

    private record Key(String camera, String name, String cause) {}

    private final MeterRegistry registry;
    private final StageTimes stages;
    private final Supplier<Set<String>> cameras;
    private final CameraTimes times;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    /** @param cameras ids of the cameras that there are now */
    FrameMetrics(MeterRegistry registry, StageTimes stages, Supplier<Set<String>> cameras) {
        this.registry = registry;
        this.stages = stages;
        this.cameras = cameras;
        this.times = new CameraTimes(registry);
    }

    @Override
    public void inferred(String cameraId, Duration queued, Duration inference) {
        counter(cameraId, "sightline.camera.frames.inferred", "", "Frames that a detector looked at")
                .increment();
        times.record(cameraId, queued, inference);
        stages.record("queue", queued);
        stages.record("infer", inference);
    }

    @Override
    public void lost(String cameraId, DetectionException.Reason reason) {
        String cause = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        counter(cameraId, LOST, cause, LOST_MEANS).increment();
    }

    void detectionStarted(String cameraId) {
        counter(cameraId, "sightline.camera.detections", "", "Detections that were started")
                .increment();
    }

    @Override
    public void refresh() {
        Set<String> present = cameras.get();
        times.keep(present);
        List<Key> gone = counters.keySet().stream()
                .filter(key -> !present.contains(key.camera()))
                .toList();
        for (Key key : gone) {
            Meter removed = counters.remove(key);
            if (removed != null) {
                registry.remove(removed);
            }
        }
    }

    private Counter counter(String camera, String name, String cause, String what) {
        return counters.computeIfAbsent(new Key(camera, name, cause), key -> {
            Counter.Builder builder = Counter.builder(name).description(what).tag("camera", camera);
            return (cause.isEmpty() ? builder : builder.tag("cause", cause)).register(registry);
        });
    }
}
