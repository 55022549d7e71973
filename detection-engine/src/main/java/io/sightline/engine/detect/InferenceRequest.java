package io.sightline.engine.detect;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One frame on its way through the {@link InferencePool}, with a lease of its own. Waits in the pool's queue, is run by
 * one worker, and is completed, refused or abandoned by the pool under its lock.
 */
final class InferenceRequest {
    private final Look look;
    private final long madeAt = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long startedAt;
    private volatile long endedAt;
    private volatile boolean abandoned;
    private volatile @Nullable List<SeenObject> objects;
    private volatile @Nullable DetectionException failure;

    InferenceRequest(Look look) {
        this.look = look;
    }

    String cameraId() {
        return look.cameraId();
    }

    String detectorId() {
        return look.detector().info().id();
    }

    /** Takes the lease that {@link #run} or {@link #releaseFrame} gives back. */
    void holdFrame() {
        look.frame().retain();
    }

    void releaseFrame() {
        look.frame().close();
    }

    boolean await(Duration deadline) throws InterruptedException {
        return over.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks at the frame and gives it back; never throws, so that a worker outlives whatever a detector does. */
    void run() {
        startedAt = System.nanoTime();
        try {
            objects = look.run();
        } catch (DetectionException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new DetectionException(
                    "camera '" + cameraId() + "': detector '" + detectorId() + "' failed: " + e, e);
        } finally {
            endedAt = System.nanoTime();
            look.frame().close();
        }
    }

    /** Lets the caller go on with what {@link #run} found. */
    void complete() {
        over.countDown();
    }

    void refuse(DetectionException reason) {
        failure = reason;
        over.countDown();
    }

    /** The caller waits no longer. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    List<SeenObject> result() throws DetectionException {
        var problem = failure;
        if (problem != null) {
            throw problem;
        }
        var found = objects;
        if (found == null) {
            throw new IllegalStateException("camera '" + cameraId() + "': a request ended without a result");
        }
        return found;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - madeAt);
    }

    Duration queued() {
        return Duration.ofNanos(startedAt - madeAt);
    }

    Duration inference() {
        return Duration.ofNanos(endedAt - startedAt);
    }
}
