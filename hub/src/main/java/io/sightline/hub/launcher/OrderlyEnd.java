package io.sightline.hub.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when it is told to by Ctrl-C or SIGTERM: asks it to stop and keeps the JVM until it has
 * closed its files. Made and closed by the command's thread.
 */
final class OrderlyEnd implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "orderly-end");
    private volatile Runnable stop;

    OrderlyEnd() {
        stop = Thread.currentThread()::interrupt;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param wayToStop from now on, instead of interrupting the command's thread; called by another thread */
    void by(Runnable wayToStop) {
        stop = wayToStop;
    }

    private void end() {
        stop.run();
        try {
            over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command is done. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is on its way down and the hook under way
        }
    }
}
