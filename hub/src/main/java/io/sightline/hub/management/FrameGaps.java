package io.sightline.hub.management;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.motion.Verdict;
import io.sightline.processors.pipeline.PipelineListener;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@code sightline_camera_frame_gap_seconds} by camera: time from one frame that its pipeline took up to the next; its
 * {@code max} is the longest of the last 30 seconds. Heard from the threads of the cameras.
 */
final class FrameGaps implements PipelineListener, Refreshing {
    static final String NAME = "sightline.camera.frame.gap";

    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final MeterRegistry registry;
    private final Supplier<Set<String>> present;
    private final LongSupplier nanos;
    private final Map<String, Gaps> cameras = new ConcurrentHashMap<>();

    /** @param last when the newest frame was taken up */
    private record Gaps(Timer timer, AtomicLong last) {}

    /**
     * @param present ids of the cameras that there are now
     * @param nanos a clock that only goes forward, in nanoseconds
     */
    FrameGaps(MeterRegistry registry, Supplier<Set<String>> present, LongSupplier nanos) {
        this.registry = registry;
        this.present = present;
        this.nanos = nanos;
    }

    @Override
    public void judged(String cameraId, Verdict verdict) {
        long now = nanos.getAsLong();
        Gaps known = cameras.get(cameraId);
        if (known == null) {
            cameras.put(cameraId, new Gaps(timer(cameraId), new AtomicLong(now)));
        } else {
            known.timer().record(now - known.last().getAndSet(now), TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(String cameraId) {
        return Timer.builder(NAME)
                .description("Time from one frame that a camera's pipeline took up to the next")
                .tag("camera", cameraId)
                .distributionStatisticExpiry(WINDOW)
                .register(registry);
    }

    @Override
    public void observed(String cameraId, int objects) {
        // a frame counts when it is taken up
    }

    @Override
    public void detectorFailed(String cameraId, DetectionException problem) {
        // the frame was taken up nevertheless
    }

    @Override
    public void snapshotLost(String cameraId, String reason) {
        // says nothing about frames
    }

    @Override
    public void refresh() {
        Set<String> ids = present.get();
        cameras.entrySet().removeIf(camera -> {
            boolean gone = !ids.contains(camera.getKey());
            if (gone) {
                registry.remove(camera.getValue().timer());
            }
            return gone;
        });
    }
}
