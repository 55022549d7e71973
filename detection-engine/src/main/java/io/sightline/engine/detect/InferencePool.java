package io.sightline.engine.detect;

import io.sightline.engine.detect.DetectionException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the detectors of all cameras on a fixed number of threads.
 *
 * <pre>
 *  pipeline of camera a ──detect──┐                      ┌─► worker 1 ─► Detector
 *  pipeline of camera b ──detect──┼─► queue, one request ┼─► worker 2 ─► Detector
 *  pipeline of camera c ──detect──┘   per camera at most └─► …
 * </pre>
 *
 * A camera has at most one request under way and joins the end of the queue with the next one, so the cameras take
 * turns. A call that does not end by its deadline costs its own camera only: its worker is replaced, and the camera is
 * refused until the call ends. So there are never more threads than workers plus cameras.
 */
public final class InferencePool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferencePool.class);
    private static final String CLOSED = "the inference pool was closed";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final InferenceListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<InferenceRequest> queue = new ArrayDeque<>();
    private final Map<String, InferenceRequest> byCamera = new HashMap<>();
    private final AtomicInteger threadNumber = new AtomicInteger();
    private int stuck;
    private boolean closed;

    /** A pool of as many workers as this machine has cores. */
    public InferencePool(InferenceListener listener) {
        this(Runtime.getRuntime().availableProcessors(), listener);
    }

    /** @param workers frames that are looked at side by side, at least 1 */
    public InferencePool(int workers, InferenceListener listener) {
        if (workers < 1) {
            throw new IllegalArgumentException("inference workers: got " + workers + ", at least 1 is needed");
        }
        this.listener = listener;
        for (int i = 0; i < workers; i++) {
            startWorker();
        }
    }

    /**
     * Looks at one frame on one of the workers and waits for it. A call that outlives the deadline keeps a lease of its
     * own until it ends.
     *
     * @param deadline longest time for waiting in the queue and looking together
     * @return as {@link Detector#detect}
     * @throws DetectionException if the detector failed or was late, no worker was free in time, or an earlier call for
     *     this camera has not ended
     */
    public List<SeenObject> detect(Look look, Duration deadline) throws DetectionException, InterruptedException {
        try {
            var request = new InferenceRequest(look);
            enqueue(request);
            await(request, deadline);
            return request.result();
        } catch (DetectionException e) {
            listener.lost(look.cameraId(), e.reason());
            throw e;
        }
    }

    /** Calls that did not end by their deadline and still run; at most one per camera. */
    public int stuck() {
        lock.lock();
        try {
            return stuck;
        } finally {
            lock.unlock();
        }
    }

    /** Requests that wait for a worker; at most one per camera. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what waits and what comes, and gives what runs a few seconds to end. May be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            for (var request : queue) {
                forget(request);
                request.refuse(new DetectionException(Reason.CLOSED, CLOSED));
            }
            queue.clear();
            changed.signalAll();
            awaitRunning();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRunning() {
        long nanos = CLOSE_PATIENCE.toNanos();
        try {
            while (byCamera.size() > stuck && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(InferenceRequest request) throws DetectionException {
        lock.lock();
        try {
            if (closed) {
                throw new DetectionException(Reason.CLOSED, CLOSED);
            }
            var earlier = byCamera.get(request.cameraId());
            if (earlier != null) {
                throw new DetectionException(
                        Reason.STUCK,
                        "camera '" + request.cameraId() + "': detector '" + earlier.detectorId()
                                + "' has not answered for " + earlier.age().toMillis()
                                + " ms; no frame is looked at until it does");
            }
            request.holdFrame();
            byCamera.put(request.cameraId(), request);
            queue.add(request);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void await(InferenceRequest request, Duration deadline) throws DetectionException, InterruptedException {
        try {
            if (!request.await(deadline)) {
                var reason = giveUp(request, deadline);
                if (reason.isPresent()) {
                    throw reason.get();
                }
            }
        } catch (InterruptedException e) {
            giveUp(request, deadline);
            throw e;
        }
    }

    /** @return why there is no result, or empty if it came just now */
    private Optional<DetectionException> giveUp(InferenceRequest request, Duration deadline) {
        lock.lock();
        try {
            if (request.isOver()) {
                return Optional.empty();
            }
            if (queue.remove(request)) {
                forget(request);
                return Optional.of(overloaded(request, deadline));
            }
            request.abandon();
            stuck++;
            if (!closed) {
                startWorker();
            }
            return Optional.of(late(request, deadline));
        } finally {
            lock.unlock();
        }
    }

    private static DetectionException overloaded(InferenceRequest request, Duration deadline) {
        return new DetectionException(
                Reason.OVERLOADED,
                "camera '" + request.cameraId() + "': no inference worker was free within " + deadline.toMillis()
                        + " ms; take fewer frames per second or a cheaper detector");
    }

    private static DetectionException late(InferenceRequest request, Duration deadline) {
        return new DetectionException(
                Reason.TIMED_OUT,
                "camera '" + request.cameraId() + "': detector '" + request.detectorId() + "' did not answer within "
                        + deadline.toMillis() + " ms");
    }

    /** Takes a request that no worker has seen out of the books. */
    private void forget(InferenceRequest request) {
        byCamera.remove(request.cameraId());
        request.releaseFrame();
    }

    private void startWorker() {
        var worker = new Thread(this::work, "inference-" + threadNumber.incrementAndGet());
        worker.setDaemon(true);
        worker.start();
    }

    private void work() {
        boolean replaced = false;
        while (!replaced) {
            var request = next();
            if (request.isEmpty()) {
                return;
            }
            request.get().run();
            replaced = finish(request.get());
        }
    }

    /** Waits for the request that is at the head of the queue; empty when the pool was closed. */
    private Optional<InferenceRequest> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return Optional.ofNullable(queue.poll());
        } finally {
            lock.unlock();
        }
    }

    /** @return whether another worker has taken this one's place meanwhile */
    private boolean finish(InferenceRequest request) {
        tell(request);
        lock.lock();
        try {
            byCamera.remove(request.cameraId());
            if (request.isAbandoned()) {
                stuck--;
            }
            request.complete();
            changed.signalAll();
            return request.isAbandoned();
        } finally {
            lock.unlock();
        }
    }

    private void tell(InferenceRequest request) {
        try {
            listener.inferred(request.cameraId(), request.queued(), request.inference());
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("cameraId", request.cameraId()).setCause(e).log("inference was not measured");
        }
    }
}
