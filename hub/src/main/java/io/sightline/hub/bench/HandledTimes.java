package io.sightline.hub.bench;

import java.util.List;

/** How long frames took from capture until they had been looked at or passed over, between two readings of a hub. */
final class HandledTimes {
    private static final String BUCKETS = "sightline_stage_duration_seconds_bucket";
    private static final String STAGE = "stage=\"handled\"";

    /** Upper edges of the hub's buckets, in seconds, as it writes them. */
    private static final List<String> EDGES =
            List.of("0.002", "0.005", "0.01", "0.025", "0.05", "0.1", "0.2", "0.25", "0.5", "1.0", "5.0");

    private HandledTimes() {}

    /** Frames that took no longer than one of the edges. */
    static double within(Prometheus before, Prometheus after, String edge) {
        String le = "le=\"" + edge + "\"";
        return after.sum(BUCKETS, STAGE, le) - before.sum(BUCKETS, STAGE, le);
    }

    /** Seconds within which that share was handled, interpolated inside a bucket; the last edge where it took longer. */
    static double quantile(Prometheus before, Prometheus after, double share) {
        double wanted = share * within(before, after, "+Inf");
        double lower = 0;
        double below = 0;
        for (String edge : EDGES) {
            double upper = Double.parseDouble(edge);
            double up = within(before, after, edge);
            if (up >= wanted) {
                return up > below ? lower + (upper - lower) * (wanted - below) / (up - below) : upper;
            }
            lower = upper;
            below = up;
        }
        return lower;
    }
}
