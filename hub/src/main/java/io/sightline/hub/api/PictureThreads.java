package io.sightline.hub.api;

import java.util.concurrent.RejectedExecutionException;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads that wait for a camera's next picture, apart from those that REST routes run on. Whoever finds all of them
 * and the places before them taken is refused with a {@link RejectedExecutionException}.
 */
final class PictureThreads implements AutoCloseable {
    static final int THREADS = 8;
    static final int PLACES = 32;

    private final ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();

    PictureThreads() {
        pool.setThreadNamePrefix("picture-");
        pool.setDaemon(true);
        pool.setCorePoolSize(THREADS);
        pool.setMaxPoolSize(THREADS);
        pool.setQueueCapacity(PLACES);
        pool.setAllowCoreThreadTimeOut(true);
        pool.initialize();
    }

    AsyncTaskExecutor executor() {
        return pool;
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
