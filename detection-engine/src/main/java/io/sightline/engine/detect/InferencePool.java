package io.sightline.engine.detect;

import io.sightline.engine.detect.DetectionException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
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
 * A camera has at most one request under way. Where cameras wait, they share the workers' time by their priorities, see
 * {@link FairQueue}. A worker takes several requests at once where their detector gains from it; a batch that fails is
 * done again one by one, so that a bad frame costs its own camera only. So does a call that does not end by its
 * deadline: its worker is replaced, and the camera is refused until the call ends. There are never more threads than
 * workers plus cameras.
 *
 * <p>A request keeps its frame while it waits. As long as the workers are not asked for more than they can do, nothing
 * newer comes in that time; beyond that, a frame is older by the wait, which the listener is told.
 */
public final class InferencePool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferencePool.class);
    private static final String CLOSED = "the inference pool was closed";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final InferenceListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongSupplier nanoTime;
    private final FairQueue<InferenceRequest> queue = new FairQueue<>();
    private final BatchTrust batches = new BatchTrust();
    private final Map<String, InferenceRequest> byCamera = new HashMap<>();
    private final AtomicInteger threadNumber = new AtomicInteger();
    private int stuck;
    private boolean closed;

    /** A pool of as many workers as this process has cores, also in a container that is given some of a machine's. */
    public InferencePool(InferenceListener listener) {
        this(Runtime.getRuntime().availableProcessors(), listener);
    }

    /** @param workers frames, or batches of them, that are looked at side by side, at least 1 */
    public InferencePool(int workers, InferenceListener listener) {
        this(workers, listener, System::nanoTime);
    }

    /** @param nanoTime what turns are measured with, as {@link System#nanoTime} */
    InferencePool(int workers, InferenceListener listener, LongSupplier nanoTime) {
        if (workers < 1) {
            throw new IllegalArgumentException("inference workers: got " + workers + ", at least 1 is needed");
        }
        this.listener = listener;
        this.nanoTime = nanoTime;
        for (int i = 0; i < workers; i++) {
            startWorker();
        }
    }

    /**
     * Looks at one frame on one of the workers and waits for it. A call that outlives the deadline keeps a lease of its
     * own until it ends.
     *
     * @param deadline longest time for waiting in the queue, and then once more for looking, so that a busy machine is not
     *     taken for a detector that hangs
     * @return as {@link Detector#detect}
     * @throws DetectionException if the detector failed or was late, no worker was free in time, or an earlier call for
     *     this camera has not ended
     */
    public List<SeenObject> detect(Look look, Duration deadline) throws DetectionException, InterruptedException {
        try {
            var request = new InferenceRequest(look, nanoTime);
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
            queue.drain().forEach(this::refuse);
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
            queue.add(request, request.cameraId());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void await(InferenceRequest request, Duration deadline) throws DetectionException, InterruptedException {
        try {
            boolean taken = request.awaitTaken(deadline);
            while (taken && !request.awaitOver(deadline.minus(request.running()))) {
                taken = request.running().compareTo(deadline) < 0; // it began anew after its batch failed
            }
            if (!taken) {
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
            abandon(request);
            return Optional.of(late(request, deadline));
        } finally {
            lock.unlock();
        }
    }

    /** Charges its camera for what it took so far; the rest costs a thread that was made for it. */
    private void abandon(InferenceRequest request) {
        request.abandon();
        stuck++;
        charge(request, request.running());
        var turn = request.turn();
        if (turn == null || closed) {
            return;
        }
        if (turn.isBatch()) {
            batches.late(turn.detector());
        }
        if (!turn.isReplaced()) {
            turn.replaced(tryToStartWorker());
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

    private void refuse(InferenceRequest request) {
        forget(request);
        request.refuse(new DetectionException(Reason.CLOSED, CLOSED));
    }

    private void startWorker() {
        var worker = new Thread(this::work, "inference-" + threadNumber.incrementAndGet());
        worker.setDaemon(true);
        worker.start();
    }

    /** @return whether there is one more; where the system gives no thread, the one that is held up goes on later */
    private boolean tryToStartWorker() {
        try {
            startWorker();
            return true;
        } catch (OutOfMemoryError e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("no thread for another inference worker");
            return false;
        }
    }

    private void work() {
        boolean replaced = false;
        while (!replaced) {
            var turn = next();
            if (turn.isEmpty()) {
                return;
            }
            try {
                turn.get().run();
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).log("a frame was lost");
            }
            replaced = finish(turn.get());
        }
    }

    /** Waits for the request whose turn it is, and for what goes with it; empty when the pool was closed. */
    private Optional<InferenceTurn> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return queue.poll().map(this::turn);
        } finally {
            lock.unlock();
        }
    }

    private InferenceTurn turn(InferenceRequest first) {
        var all = new ArrayList<>(List.of(first));
        if (first.batchSize() > 1 && batches.allows(first.detector())) {
            all.addAll(queue.poll(request -> request.mayShareWith(first), first.batchSize() - 1));
        }
        return new InferenceTurn(all, nanoTime);
    }

    /** @return whether another worker has taken this one's place meanwhile */
    private boolean finish(InferenceTurn turn) {
        if (!turn.failed()) {
            turn.requests().forEach(this::tell);
        }
        lock.lock();
        try {
            if (turn.isBatch() && turn.failed()) {
                batches.failed(turn.detector());
            } else if (turn.isBatch()) {
                batches.worked(turn.detector());
            }
            turn.requests().forEach(request -> finish(request, turn));
            changed.signalAll();
            return turn.isReplaced();
        } finally {
            lock.unlock();
        }
    }

    private void finish(InferenceRequest request, InferenceTurn turn) {
        if (request.isAbandoned()) {
            stuck--;
        } else {
            charge(request, request.inference().dividedBy(turn.requests().size()));
        }
        if (!turn.failed()) {
            byCamera.remove(request.cameraId());
            request.complete();
        } else if (request.isAbandoned()) {
            forget(request);
        } else if (closed) {
            refuse(request);
        } else {
            request.goAlone();
            queue.add(request, request.cameraId());
        }
    }

    private void charge(InferenceRequest request, Duration took) {
        queue.charge(request.cameraId(), took.toNanos(), request.priority());
    }

    private void tell(InferenceRequest request) {
        try {
            listener.inferred(request.cameraId(), request.queued(), request.inference());
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("cameraId", request.cameraId()).setCause(e).log("inference was not measured");
        }
    }
}
