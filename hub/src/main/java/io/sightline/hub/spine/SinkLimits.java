package io.sightline.hub.spine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each sink may keep, and when it tries again; {@link #USUAL} for those of which nothing is said. Any thread. */
public final class SinkLimits {
    /** Of a sink that a route reads. */
    public static final Limits USUAL = new Limits(
            new Budget(10L << 30, Duration.ofDays(30), false),
            new Retry(Duration.ofMillis(100), Duration.ofSeconds(30), 10));

    private final Map<String, Limits> limits = new ConcurrentHashMap<>();

    public void put(String sink, Limits of) {
        limits.put(sink, of);
    }

    public void remove(String sink) {
        limits.remove(sink);
    }

    Limits of(String sink) {
        return limits.getOrDefault(sink, USUAL);
    }

    /** Both. */
    public record Limits(Budget budget, Retry retry) {}

    /**
     * How much may wait, and how long.
     *
     * @param keepsOldest whether the newest go where it is too much, instead of the oldest
     */
    public record Budget(long bytes, Duration age, boolean keepsOldest) {}

    /**
     * When an event is tried again.
     *
     * @param first pause after the first failure; doubles with each
     * @param longest pause
     * @param attempts of an event that the receiver rejects
     */
    public record Retry(Duration first, Duration longest, int attempts) {
        /** Give or take a tenth. */
        Duration pause(int failures, double random) {
            double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, 30));
            double capped = Math.min(doubled, longest.toMillis());
            return Duration.ofMillis(Math.round(capped * (0.9 + 0.2 * random)));
        }
    }
}
