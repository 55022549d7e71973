package io.sightline.engine.detect;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The native buffers of one detector: as many as calls ran at once, each used by one call at a time and kept for the
 * next one. Closing waits for calls under way.
 */
final class Workspaces<W extends AutoCloseable> implements AutoCloseable {

    interface Maker<W> {
        W make() throws DetectionException;
    }

    interface Work<W, R> {
        R with(W workspace) throws DetectionException;
    }

    private final String detectorId;
    private final Maker<W> maker;
    private final ConcurrentLinkedQueue<W> idle = new ConcurrentLinkedQueue<>();
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private boolean closed;

    Workspaces(String detectorId, Maker<W> maker) {
        this.detectorId = detectorId;
        this.maker = maker;
    }

    /** Does the work with a workspace of its own. One that a failure may have spoilt is not used again. */
    <R> R use(Work<W, R> work) throws DetectionException {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new DetectionException(
                        DetectionException.Reason.CLOSED, "detector '" + detectorId + "' was closed");
            }
            W workspace = idle.poll();
            return run(workspace != null ? workspace : maker.make(), work);
        } finally {
            inUse.readLock().unlock();
        }
    }

    private <R> R run(W workspace, Work<W, R> work) throws DetectionException {
        boolean good = false;
        try {
            R result = work.with(workspace);
            good = true;
            return result;
        } finally {
            if (good) {
                idle.add(workspace);
            } else {
                close(workspace);
            }
        }
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            closed = true;
            for (W workspace = idle.poll(); workspace != null; workspace = idle.poll()) {
                close(workspace);
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private void close(W workspace) {
        try {
            workspace.close();
        } catch (Exception e) {
            throw new IllegalStateException("detector '" + detectorId + "': native memory was not given back", e);
        }
    }
}
