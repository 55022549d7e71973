package io.sightline.camera;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many cameras connect at once and no more, in the order in which they came, so that dozens that come back
 * together do not keep each other from it. Who takes long only waits for a mute camera, which costs nothing: it no longer
 * counts, and others may go on. All methods may be called from any thread.
 */
final class HandshakeTurns {
    static final int AT_ONCE = 8;
    private static final Duration LONG = Duration.ofSeconds(3);

    private final int atOnce;
    private final long longNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private final List<Turn> connecting = new ArrayList<>();

    HandshakeTurns() {
        this(AT_ONCE, LONG);
    }

    /** @param longest a handshake that takes longer does not count any more */
    HandshakeTurns(int atOnce, Duration longest) {
        this.atOnce = atOnce;
        this.longNanos = longest.toNanos();
    }

    /** Stands in the queue from now on; the caller closes the turn, also if it never came. */
    Turn queue() {
        lock.lock();
        try {
            var turn = new Turn();
            waiting.add(turn);
            return turn;
        } finally {
            lock.unlock();
        }
    }

    /** One camera's turn to connect. Closing it twice does no harm. */
    final class Turn implements AutoCloseable {
        private long sinceNanos;

        /** How many wait before this one; 0 if it need not wait at all. */
        int ahead() {
            lock.lock();
            try {
                int before = new ArrayList<>(waiting).indexOf(this);
                return before == 0 && waitNanos() == 0 ? 0 : before + 1;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until it is this one's turn. */
        void await() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (waiting.peek() != this) {
                    changed.await();
                }
                for (long left = waitNanos(); left > 0; left = waitNanos()) {
                    changed.awaitNanos(left);
                }
                waiting.remove();
                sinceNanos = System.nanoTime();
                connecting.add(this);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Has connected, or given up. */
        @Override
        public void close() {
            lock.lock();
            try {
                waiting.remove(this);
                connecting.remove(this);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** 0 if one more may connect now, else until the slowest of those that do no longer counts. */
    private long waitNanos() {
        long now = System.nanoTime();
        long[] left = connecting.stream()
                .mapToLong(turn -> longNanos - (now - turn.sinceNanos))
                .filter(nanos -> nanos > 0)
                .sorted()
                .toArray();
        return left.length < atOnce ? 0 : left[left.length - atOnce];
    }
}
