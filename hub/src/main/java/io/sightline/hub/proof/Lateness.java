package io.sightline.hub.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long events took from being made to their receiver, in one stretch of time. Any thread. */
final class Lateness {
    private static final double P99 = 0.99;
    private static final double NANOS_PER_MILLI = 1e6;

    private List<Long> nanos = new ArrayList<>();

    synchronized void of(long sentNanos) {
        if (sentNanos != 0) {
            nanos.add(System.nanoTime() - sentNanos);
        }
    }

    /** @return the 99th percentile since the last call, in ms; not a number if nothing came */
    synchronized double takeP99() {
        List<Long> taken = nanos;
        nanos = new ArrayList<>();
        if (taken.isEmpty()) {
            return Double.NaN;
        }
        Collections.sort(taken);
        return taken.get((int) Math.ceil(taken.size() * P99) - 1) / NANOS_PER_MILLI;
    }
}
