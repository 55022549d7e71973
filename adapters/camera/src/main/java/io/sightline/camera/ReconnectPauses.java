package io.sightline.camera;

import io.sightline.engine.video.VideoException.Cause;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long after one try the next one comes: three quick tries, then 1 s growing to 30 s, spread by up to a fifth so that
 * cameras behind one switch do not come back at the same moment. A refused login is tried once a minute, because cameras
 * lock out who guesses. One thread.
 */
final class ReconnectPauses {
    private static final int QUICK_TRIES = 3;
    static final Duration QUICK = Duration.ofMillis(200);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration AFTER_REFUSED_LOGIN = Duration.ofSeconds(60);

    private final DoubleSupplier random;
    private final SharedLogin login;
    private int tries;

    /** @param random values from 0 to 1 */
    ReconnectPauses(DoubleSupplier random) {
        this(random, new SharedLogin());
    }

    /** @param login used by other readers too */
    ReconnectPauses(DoubleSupplier random, SharedLogin login) {
        this.random = random;
        this.login = login;
    }

    SharedLogin login() {
        return login;
    }

    Duration next(Cause cause) {
        if (cause == Cause.UNAUTHORIZED) {
            return login.refused(AFTER_REFUSED_LOGIN.plusMillis((long) (random.getAsDouble() * 1000)));
        }
        tries++;
        if (tries <= QUICK_TRIES) {
            return QUICK;
        }
        int doublings = Math.min(tries - QUICK_TRIES - 1, 10);
        long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
        return Duration.ofMillis((long) (millis * (1 - 0.2 * random.getAsDouble())));
    }

    /** Some pictures came, so the camera can be had: the next pause is a short one again. */
    void delivered() {
        tries = Math.min(tries, QUICK_TRIES);
    }

    /** Pictures have come for a while, or a camera that was away is there again. */
    void reset() {
        tries = 0;
    }
}
