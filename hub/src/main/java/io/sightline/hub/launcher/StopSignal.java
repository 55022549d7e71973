package io.sightline.hub.launcher;

import java.util.concurrent.CountDownLatch;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Keeps the main thread until the hub closes, for example by SIGTERM. */
public final class StopSignal {
    private final CountDownLatch closed = new CountDownLatch(1);

    @EventListener(ContextClosedEvent.class)
    public void close() {
        closed.countDown();
    }

    void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
