package io.sightline.processors.clips;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that waits for the disk. */
final class ClipWriter implements ClipRecorder.Worker {
    private static final Logger LOG = LoggerFactory.getLogger(ClipWriter.class);
    private static final long CLOSE_PATIENCE_SECONDS = 5;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var writer = new Thread(work, "clip-writer");
        writer.setDaemon(true);
        return writer;
    });

    @Override
    public void later(Runnable work, Duration pause) {
        try {
            thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException expected) {
            LOG.atDebug().log("the hub stops, no more is written");
        }
    }

    @Override
    public void close(Runnable last) {
        later(last, Duration.ZERO);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.atWarn().log("the disk is too slow to complete the clips under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
