package io.sightline.hub.cameras;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.motion.Verdict;
import io.sightline.processors.pipeline.PipelineListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many frames of each camera the motion gate let through and passed over, and why. Any thread. */
public final class MotionCounts implements PipelineListener {
    private final Map<String, Map<String, LongAdder>> looked = new ConcurrentHashMap<>();
    private final Map<String, Map<String, LongAdder>> skipped = new ConcurrentHashMap<>();

    @Override
    public void judged(String cameraId, Verdict verdict) {
        (verdict instanceof Verdict.Look ? looked : skipped)
                .computeIfAbsent(cameraId, id -> new ConcurrentHashMap<>())
                .computeIfAbsent(verdict.word(), word -> new LongAdder())
                .increment();
    }

    @Override
    public void observed(String cameraId, int objects) {
        // what was seen is counted elsewhere
    }

    @Override
    public void detectorFailed(String cameraId, DetectionException problem) {
        // failures are counted elsewhere
    }

    @Override
    public void snapshotLost(String cameraId, String reason) {
        // pictures are counted elsewhere
    }

    /** Frames that went to the detector. */
    public long looked(String cameraId) {
        return sum(looked, cameraId);
    }

    /** Frames that the gate passed over. */
    public long skipped(String cameraId) {
        return sum(skipped, cameraId);
    }

    /** Frames that went to the detector for one reason. @param reason word of a {@link Verdict} */
    public long looked(String cameraId, String reason) {
        return count(looked, cameraId, reason);
    }

    /** Frames that the gate passed over for one reason. @param reason word of a {@link Verdict} */
    public long skipped(String cameraId, String reason) {
        return count(skipped, cameraId, reason);
    }

    /** Forgets cameras that are gone. */
    public void keep(Set<String> cameraIds) {
        looked.keySet().retainAll(cameraIds);
        skipped.keySet().retainAll(cameraIds);
    }

    private static long sum(Map<String, Map<String, LongAdder>> counts, String cameraId) {
        return counts.getOrDefault(cameraId, Map.of()).values().stream()
                .mapToLong(LongAdder::sum)
                .sum();
    }

    private static long count(Map<String, Map<String, LongAdder>> counts, String cameraId, String reason) {
        var adder = counts.getOrDefault(cameraId, Map.of()).get(reason);
        return adder == null ? 0 : adder.sum();
    }
}
