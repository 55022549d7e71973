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
 * Runs the detectors of all cameras side by side, as many at once as there are workers.
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
 * deadline: its worker is replaced, and the camera is refused until the call ends. A call that takes much longer than those
 * of cameras that wait keeps its worker, but another one stands in for these, see {@link RunningTurns}. There are never
 * more threads than workers plus cameras.
 *
 * <p>A request keeps its frame while it waits. As long as the workers are not asked for more than they can do, nothing
 * newer comes in that time; beyond that, a frame is older by the wait, which the listener is told.
 */
public final class InferencePool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferencePool.class);
    private static final String CLOSED = "the inference pool was closed";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    /** How long a camera waits for calls of others at least before another worker stands in for them. */
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(250);
    /** How often one that waits looks whether a worker has to stand in. */
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    private final InferenceListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongSupplier nanoTime;
    private final FairQueue<InferenceRequest> queue = new FairQueue<>();
    private final BatchTrust batches = new BatchTrust();
    private final Map<String, InferenceRequest> byCamera = new HashMap<>();
    private final AtomicInteger threadNumber = new AtomicInteger();
    private final RunningTurns running;
    private final int workers;
    private int threads;
    private int stuck;
    private boolean closed;

    /** A pool of as many workers as this process has cores, also in a container that is given some of a machine's. */
    public InferencePool(InferenceListener listener) {
        this(Runtime.getRuntime().availableProcessors(), listener);
    }

    /** @param workers frames, or batches of them, that are looked at side by side, at least 1 */
    public InferencePool(int workers, InferenceListener listener) {
        this(workers, listener, System::nanoTime, LEAST_PATIENCE);
    }

    /**
     * @param nanoTime what turns are measured with, as {@link System#nanoTime}
     * @param leastPatience how long a camera waits at least before a worker stands in for calls that take longer
     */
    InferencePool(int workers, InferenceListener listener, LongSupplier nanoTime, Duration leastPatience) {
        if (workers < 1) {
            throw new IllegalArgumentException("inference workers: got " + workers + ", at least 1 is needed");
        }
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.workers = workers;
        this.running = new RunningTurns(workers, leastPatience);
        lock.lock();
        try {
            for (int i = 0; i < workers; i++) {
                startWorker();
            }
        } finally {
            lock.unlock();
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

    /** Threads that there are now, idle ones included. */
    int threads() {
        lock.lock();
        try {
            return threads;
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
            callAWorker(request);
        } finally {
            lock.unlock();
        }
    }

    private void await(InferenceRequest request, Duration deadline) throws DetectionException, InterruptedException {
        try {
            boolean taken = awaitTaken(request, deadline);
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

    private boolean awaitTaken(InferenceRequest request, Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        long left = deadline.toNanos();
        while (!request.awaitTaken(Duration.ofNanos(Math.min(left, LOOK_UP.toNanos())))) {
            left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            lock.lock();
            try {
                callAWorker(request);
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    /** Wakes an idle worker for a request that waits and may be taken; where there is none, starts one more. */
    private void callAWorker(InferenceRequest request) {
        if (closed || !running.hasRoomFor(request)) {
            return;
        }
        if (threads > running.size()) {
            changed.signal();
        } else {
            tryToStartWorker();
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
                return Optional.of(request.overloaded(deadline));
            }
            abandon(request);
            return Optional.of(request.late(deadline));
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
        turn.giveUp();
        if (threads - running.givenUp() < workers) {
            tryToStartWorker();
        }
        changed.signalAll();
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
        threads++;
    }

    /** Where the system gives no thread, those that wait go on when a worker is free, or try again. */
    private void tryToStartWorker() {
        try {
            startWorker();
        } catch (OutOfMemoryError e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("no thread for another inference worker");
        }
    }

    private void work() {
        boolean needed = true;
        while (needed) {
            var turn = next();
            if (turn.isEmpty()) {
                return;
            }
            try {
                turn.get().run();
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).log("a frame was lost");
            }
            needed = finish(turn.get());
        }
    }

    /** Waits for the request whose turn it is, and for what goes with it; empty when the pool was closed. */
    private Optional<InferenceTurn> next() {
        lock.lock();
        try {
            var first = queue.poll(running::hasRoomFor);
            while (first.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
                first = queue.poll(running::hasRoomFor);
            }
            return first.map(this::turn);
        } finally {
            lock.unlock();
        }
    }

    private InferenceTurn turn(InferenceRequest first) {
        var all = new ArrayList<>(List.of(first));
        if (first.batchSize() > 1 && batches.allows(first.detector())) {
            all.addAll(queue.poll(request -> request.mayShareWith(first), first.batchSize() - 1));
        }
        var turn = new InferenceTurn(all, nanoTime);
        running.began(turn);
        return turn;
    }

    /** @return whether the worker is needed further, or has been stood in for */
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
            running.ended(turn);
            changed.signalAll();
            boolean needed = threads <= workers + running.size();
            threads -= needed ? 0 : 1;
            return needed;
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
