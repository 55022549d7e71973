package io.sightline.hub.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when files have come, gone or changed, once they are quiet: looked at from time to time on one thread, because
 * notifications of the operating system miss network folders and mounted volumes. A file that is still being written
 * is waited for.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Duration interval;
    private final ScheduledExecutorService thread;
    private Map<Path, Mark> told = Map.of();
    private Map<Path, Mark> seen = Map.of();

    /** @param interval between two looks; a change is told after two to three of them */
    public FileWatch(String threadName, Duration interval) {
        this.interval = interval;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var named = new Thread(task, threadName);
            named.setDaemon(true);
            return named;
        });
    }

    /**
     * Starts to look; to be called once. What the files hold now counts as known.
     *
     * @param files which to watch, asked at each look
     * @param action called on the thread of the watch; what it throws is logged
     */
    public void start(Supplier<Collection<Path>> files, Runnable action) {
        told = marks(files.get());
        seen = told;
        thread.scheduleWithFixedDelay(
                () -> look(files, action), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Supplier<Collection<Path>> files, Runnable action) {
        try {
            Map<Path, Mark> now = marks(files.get());
            boolean quiet = now.equals(seen);
            seen = now;
            if (quiet && !now.equals(told)) {
                told = now;
                action.run();
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a changed file could not be handled");
        }
    }

    /** What tells one state of a file from another. */
    private record Mark(
            FileTime changed, long size, @Nullable Object key) {
        private static final Mark ABSENT = new Mark(FileTime.fromMillis(0), -1, null);

        static Mark of(BasicFileAttributes file) {
            return new Mark(file.lastModifiedTime(), file.size(), file.fileKey());
        }
    }

    private static Map<Path, Mark> marks(Collection<Path> files) {
        var marks = new HashMap<Path, Mark>();
        for (Path file : files) {
            try {
                marks.put(file, Mark.of(Files.readAttributes(file, BasicFileAttributes.class)));
            } catch (IOException e) {
                marks.put(file, Mark.ABSENT);
            }
        }
        return marks;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
