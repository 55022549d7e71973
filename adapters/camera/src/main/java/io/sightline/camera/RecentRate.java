package io.sightline.camera;

/** How many pictures per second came lately. One thread tells, any thread asks. */
final class RecentRate {
    /** So many times that it was told of pictures count. */
    static final int WINDOW = 32;

    private static final long OUTDATED_NANOS = 5_000_000_000L;
    private static final int OUTDATED_GAPS = 3;

    private final long[] times = new long[WINDOW];
    private final long[] totals = new long[WINDOW];
    private long told;
    private long total;

    /**
     * @param pictures that came since the last time
     * @param nanos {@link System#nanoTime} of the last one's arrival
     */
    synchronized void came(long pictures, long nanos) {
        int at = (int) (told++ % WINDOW);
        total += pictures;
        times[at] = nanos;
        totals[at] = total;
    }

    /** @return 0 where none came for 5 s, or for three times as long as usual if that is longer */
    synchronized double perSecond(long nowNanos) {
        int count = (int) Math.min(told, WINDOW);
        if (count < 2) {
            return 0;
        }
        int newest = (int) ((told - 1) % WINDOW);
        int oldest = (int) ((told - count) % WINDOW);
        long span = times[newest] - times[oldest];
        long usual = span / (count - 1);
        if (span <= 0 || nowNanos - times[newest] > Math.max(OUTDATED_NANOS, OUTDATED_GAPS * usual)) {
            return 0;
        }
        return (totals[newest] - totals[oldest]) * 1e9 / span;
    }
}
