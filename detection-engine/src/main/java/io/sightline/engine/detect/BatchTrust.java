package io.sightline.engine.detect;

import java.util.Map;
import java.util.WeakHashMap;

/**
 * Which detectors are given batches. One whose batches fail time after time is asked for one frame at a time for a while,
 * one whose batch was late for good, so that one camera's frame does not hold up those of others again and again.
 * Guarded by the pool's lock.
 */
final class BatchTrust {
    static final int FAILURES_IN_A_ROW = 3;
    static final int TURNS_ALONE = 500;

    private static final int NEVER = Integer.MAX_VALUE;

    /** Failures in a row, from the last one that is allowed on plus the turns that are left to be done alone. */
    private final Map<Detector, Integer> failures = new WeakHashMap<>();

    /** Asked once for each turn that could be a batch. */
    boolean allows(Detector detector) {
        int count = failures.getOrDefault(detector, 0);
        if (count >= FAILURES_IN_A_ROW && count < NEVER) {
            failures.put(detector, count - 1);
        }
        return count < FAILURES_IN_A_ROW;
    }

    void worked(Detector detector) {
        if (failures.getOrDefault(detector, 0) < FAILURES_IN_A_ROW) {
            failures.remove(detector);
        }
    }

    void failed(Detector detector) {
        int count = failures.getOrDefault(detector, 0);
        if (count < FAILURES_IN_A_ROW) {
            failures.put(detector, count + 1 < FAILURES_IN_A_ROW ? count + 1 : count + TURNS_ALONE);
        }
    }

    void late(Detector detector) {
        failures.put(detector, NEVER);
    }
}
