package io.sightline.camera;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The login of one camera, which the readers of all its streams use: the camera counts the tries of all of them, so after
 * one refusal none tries again before the pause is over. Any thread.
 */
final class SharedLogin {
    private final ReentrantLock trying = new ReentrantLock();
    private boolean refused;
    private long untilNanos;

    /** The camera has refused it. @return how long nobody may try: this pause, or what is left of an earlier one */
    synchronized Duration refused(Duration pause) {
        Duration left = left();
        if (!left.isZero()) {
            return left;
        }
        refused = true;
        untilNanos = System.nanoTime() + pause.toNanos();
        return pause;
    }

    /** How long nobody may try; zero where it may be tried now. */
    synchronized Duration left() {
        long left = untilNanos - System.nanoTime();
        refused &= left > 0;
        return refused ? Duration.ofNanos(left) : Duration.ZERO;
    }

    /** For readers of other streams, which try one after the other: each may find out for the next. */
    ReentrantLock trying() {
        return trying;
    }
}
