package io.sightline.hub.events;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for publishing on behalf of threads that must not wait for the spine. In order; what does not fit into the
 * queue is refused and counted.
 */
public final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final int MOST_WAITING = 10_000;
    private static final long LAST_SECONDS = 5;

    private final LongAdder refused = new LongAdder();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> new Thread(task, "hub-background"),
            (task, pool) -> refused.increment());

    /** Runs the task later, after those that were given before; never blocks. */
    public void run(Runnable task) {
        thread.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("reason", e.toString()).log("a task in the background failed");
            }
        });
    }

    /** Tasks that were refused because too many wait, or because the hub stops. */
    public long refused() {
        return refused.sum();
    }

    /** Lets what waits end within a few seconds, and refuses what comes. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
