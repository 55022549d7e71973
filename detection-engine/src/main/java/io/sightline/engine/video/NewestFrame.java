package io.sightline.engine.video;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one slot between a camera's reader and its pipeline: the newest frame wins, the older one is given back and
 * counted. One thread puts, one takes.
 */
public final class NewestFrame {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final LongAdder replaced = new LongAdder();
    private @Nullable Frame waiting;
    private boolean closed;

    /** Takes over the lease. Never blocks for longer than the slot's lock is held. */
    public void put(Frame frame) {
        Frame lost;
        lock.lock();
        try {
            lost = closed ? frame : waiting;
            if (!closed) {
                waiting = frame;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
        if (lost != null) {
            replaced.increment();
            lost.close();
        }
    }

    /**
     * Waits for a frame and hands its lease to the caller.
     *
     * @return the newest frame, or empty if none came in time or the slot was closed
     */
    public Optional<Frame> take(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting == null && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            Frame frame = waiting;
            waiting = null;
            taken.signalAll();
            return Optional.ofNullable(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing waits to be taken, or this was closed; for pictures of which none may be replaced. */
    public void awaitTaken() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting != null && !closed) {
                taken.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what waits and whatever comes later. May be called twice. */
    public void close() {
        Frame left;
        lock.lock();
        try {
            closed = true;
            left = waiting;
            waiting = null;
            arrived.signalAll();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        if (left != null) {
            replaced.increment();
            left.close();
        }
    }

    /** Frames that were given back because a newer one came, or because the slot was closed. */
    public long replaced() {
        return replaced.sum();
    }
}
