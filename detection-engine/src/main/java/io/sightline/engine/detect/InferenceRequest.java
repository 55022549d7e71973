package io.sightline.engine.detect;

import io.sightline.engine.detect.DetectionException.Reason;
import io.sightline.engine.video.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One frame on its way through the {@link InferencePool}, with a lease of its own. Waits in the pool's queue, is run in
 * one {@link InferenceTurn}, and is completed, refused or abandoned by the pool under its lock.
 */
final class InferenceRequest {
    private final Look look;
    private final int batchSize;
    private final LongSupplier nanoTime;
    private final long madeAt;
    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long startedAt;
    private volatile long endedAt;
    private volatile boolean abandoned;
    private volatile boolean alone;
    private volatile @Nullable InferenceTurn turn;
    private volatile @Nullable List<SeenObject> objects;
    private volatile @Nullable DetectionException failure;

    /** @param nanoTime as {@link System#nanoTime} */
    InferenceRequest(Look look, LongSupplier nanoTime) {
        this.look = look;
        this.nanoTime = nanoTime;
        this.madeAt = nanoTime.getAsLong();
        this.batchSize = look.regions().isEmpty() ? look.detector().batchSize() : 1;
    }

    String cameraId() {
        return look.cameraId();
    }

    Detector detector() {
        return look.detector();
    }

    String detectorId() {
        return look.detector().info().id();
    }

    Priority priority() {
        return look.priority();
    }

    Frame frame() {
        return look.frame();
    }

    /** Frames that the detector would take at once, this one included; 1 where this one has to go alone. */
    int batchSize() {
        return alone ? 1 : batchSize;
    }

    boolean mayShareWith(InferenceRequest other) {
        return batchSize() > 1 && look.detector() == other.look.detector();
    }

    /** The batch that it was in failed: it is looked at once more, alone. */
    void goAlone() {
        alone = true;
    }

    /** Takes the lease that {@link #run} or {@link #releaseFrame} gives back. */
    void holdFrame() {
        look.frame().retain();
    }

    void releaseFrame() {
        look.frame().close();
    }

    /** A worker has it. */
    void take(InferenceTurn by, long now) {
        turn = by;
        startedAt = now;
        taken.countDown();
    }

    /** The turn in which it is run now; null before the first. */
    @Nullable
    InferenceTurn turn() {
        return turn;
    }

    boolean awaitTaken(Duration limit) throws InterruptedException {
        return taken.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean awaitOver(Duration limit) throws InterruptedException {
        return over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks at the frame and gives it back; whatever a detector does is kept as the failure. */
    void run() {
        try {
            found(look.run());
        } catch (DetectionException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new DetectionException(
                    "camera '" + cameraId() + "': detector '" + detectorId() + "' failed: " + e, e);
        } finally {
            end(nanoTime.getAsLong());
            look.frame().close();
        }
    }

    void found(List<SeenObject> seen) {
        objects = seen;
    }

    void end(long now) {
        endedAt = now;
    }

    /** Lets the caller go on with what was found. */
    void complete() {
        over.countDown();
    }

    void refuse(DetectionException reason) {
        failure = reason;
        taken.countDown();
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
            throw new DetectionException(
                    "camera '" + cameraId() + "': detector '" + detectorId() + "' ended without a result");
        }
        return found;
    }

    DetectionException overloaded(Duration deadline) {
        return new DetectionException(
                Reason.OVERLOADED,
                "camera '" + cameraId() + "': no inference worker was free within " + deadline.toMillis()
                        + " ms; take fewer frames per second or a cheaper detector");
    }

    DetectionException late(Duration deadline) {
        return new DetectionException(
                Reason.TIMED_OUT,
                "camera '" + cameraId() + "': detector '" + detectorId() + "' did not answer within "
                        + deadline.toMillis() + " ms");
    }

    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - madeAt);
    }

    Duration queued() {
        return Duration.ofNanos(startedAt - madeAt);
    }

    /** Time since a worker took it. */
    Duration running() {
        return Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    }

    Duration inference() {
        return Duration.ofNanos(endedAt - startedAt);
    }
}
