package io.sightline.hub.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Asks the database every few seconds whether it is there, and how long it takes to answer, whoever wants to know. One
 * thread asks, another one sees that the answer is late; any thread may want to know.
 */
public final class StoreProbe implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(3);
    private static final long EVERY_SECONDS = 5;

    private final Target target;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, task -> {
        var thread = new Thread(task, "store-probe");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long askedAt;
    private volatile boolean asking;
    private volatile Duration took = Duration.ZERO;

    /** What is asked, and told what came of it. */
    interface Target {
        /** Waits for the database, which may take longer than {@link #LIMIT}. */
        void ask();

        void answered();

        void failed(Throwable failure);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    StoreProbe(Target target, LongSupplier nanoTime) {
        this.target = target;
        this.nanoTime = nanoTime;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::ask, 0, EVERY_SECONDS, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** How long the last answer took; while one is waited for longer than that, for how long. */
    public Duration took() {
        Duration waiting = waiting();
        return waiting.compareTo(took) > 0 ? waiting : took;
    }

    private Duration waiting() {
        return asking ? Duration.ofNanos(nanoTime.getAsLong() - askedAt) : Duration.ZERO;
    }

    void ask() {
        askedAt = nanoTime.getAsLong();
        asking = true;
        try {
            target.ask();
            target.answered();
        } catch (RuntimeException e) {
            target.failed(e);
        } finally {
            took = waiting();
            asking = false;
        }
    }

    void look() {
        if (waiting().compareTo(LIMIT) > 0) {
            target.failed(new TimeoutException("no answer for " + LIMIT.toSeconds() + " s"));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
