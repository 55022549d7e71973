package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one worker looks at in one go: one frame, or one of each of several cameras where the detector gains from it. */
final class InferenceTurn {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceTurn.class);

    private final List<InferenceRequest> requests;
    private final LongSupplier nanoTime;
    private final long beganAt;
    /** Guarded by the pool's lock. */
    private boolean givenUp;

    private boolean failed;

    /**
     * @param requests at least one; several only of one detector that takes as many
     * @param nanoTime as {@link System#nanoTime}
     */
    InferenceTurn(List<InferenceRequest> requests, LongSupplier nanoTime) {
        this.requests = List.copyOf(requests);
        this.nanoTime = nanoTime;
        this.beganAt = nanoTime.getAsLong();
        this.requests.forEach(request -> request.take(this, beganAt));
    }

    List<InferenceRequest> requests() {
        return requests;
    }

    Detector detector() {
        return requests.get(0).detector();
    }

    boolean isBatch() {
        return requests.size() > 1;
    }

    /** Looks; gives the frames back, except after a batch that failed. */
    void run() {
        if (isBatch()) {
            runTogether();
        } else {
            requests.get(0).run();
        }
    }

    /** Whether this was a batch without a result: whose fault it was shows when each frame is looked at alone. */
    boolean failed() {
        return failed;
    }

    Duration running() {
        return Duration.ofNanos(nanoTime.getAsLong() - beganAt);
    }

    /** One that waited for it waits no longer: it is taken for one that hangs. */
    void giveUp() {
        givenUp = true;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    private void runTogether() {
        failed = true;
        try {
            List<Frame> frames = requests.stream().map(InferenceRequest::frame).toList();
            var found = detector().detectAll(frames);
            if (found.size() != frames.size()) {
                throw new DetectionException(
                        "got results for " + found.size() + " frames, there were " + frames.size());
            }
            for (int i = 0; i < frames.size(); i++) {
                requests.get(i).found(found.get(i));
            }
            failed = false;
        } catch (DetectionException | RuntimeException | Error e) {
            LOG.atDebug()
                    .addKeyValue("detectorId", detector().info().id())
                    .addKeyValue("frames", requests.size())
                    .addKeyValue("reason", e.toString())
                    .log("a batch failed, its frames are looked at one by one");
        } finally {
            long now = nanoTime.getAsLong();
            requests.forEach(request -> request.end(now));
            if (!failed) {
                requests.forEach(InferenceRequest::releaseFrame);
            }
        }
    }
}
