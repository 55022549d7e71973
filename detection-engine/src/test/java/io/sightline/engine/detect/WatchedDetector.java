package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A detector, and what became of the frames that it was asked about. Closes the detector when it is closed. */
final class WatchedDetector implements Detector {
    private final Detector detector;
    private final AtomicInteger worked = new AtomicInteger();
    private final AtomicReference<Thread> nextToInterrupt = new AtomicReference<>();

    WatchedDetector(Detector detector) {
        this.detector = detector;
    }

    /** Frames in which it saw something, or which it failed on after it had begun. */
    int worked() {
        return worked.get();
    }

    /** In the middle of the next look. */
    void interruptNext(Thread caller) {
        nextToInterrupt.set(caller);
    }

    @Override
    public List<SeenObject> detect(Frame frame) throws DetectionException {
        return counted(() -> detector.detect(frame));
    }

    @Override
    public List<SeenObject> detect(Frame frame, List<BoundingBox> regions) throws DetectionException {
        return counted(() -> detector.detect(frame, regions));
    }

    private interface Work {
        List<SeenObject> go() throws DetectionException;
    }

    private List<SeenObject> counted(Work work) throws DetectionException {
        Thread caller = nextToInterrupt.getAndSet(null);
        if (caller != null) {
            caller.interrupt();
        }
        try {
            var seen = work.go();
            worked.addAndGet(seen.isEmpty() ? 0 : 1);
            return seen;
        } catch (IllegalStateException e) {
            throw e; // the frame cannot be read
        } catch (DetectionException | RuntimeException e) {
            worked.incrementAndGet();
            throw e;
        }
    }

    @Override
    public DetectorInfo info() {
        return detector.info();
    }

    @Override
    public boolean needsMotion() {
        return detector.needsMotion();
    }

    @Override
    public void close() {
        detector.close();
    }
}
