package io.sightline.engine.offline;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionGate;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Verdict;
import io.sightline.engine.privacy.PrivacyGuard;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.track.FrameColours;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects and tracks over a whole recording. Frames are looked at side by side, one per worker, and tracked in order, so
 * the result does not depend on the number of workers.
 */
public final class DetectRun {
    private static final Logger LOG = LoggerFactory.getLogger(DetectRun.class);
    private static final Duration LAST_FRAMES = Duration.ofSeconds(10);
    private static final Future<List<SeenObject>> PASSED_OVER = CompletableFuture.completedFuture(List.of());
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Detector detector;
    private final Outputs outputs;
    private final int workers;
    private final Recording recording;
    private final ArrayDeque<Looked> underWay = new ArrayDeque<>();
    private volatile boolean stopped;
    private @Nullable FramePool pool;
    private @Nullable MotionGate gate;
    private PrivacyGuard privacy = new PrivacyGuard(PrivacySettings.NONE);
    private long skipped;
    private long sequence;
    private long done;

    /**
     * Where the results go; who made them closes them.
     *
     * @param writers receive every frame's tracks
     * @param sinks receive every frame's picture
     * @param progress hears of every frame
     */
    public record Outputs(List<ResultWriter> writers, List<FrameSink> sinks, Progress progress) {}

    /** Hears how far a run is. */
    public interface Progress {
        /** @param total frames in the recording, 0 where that is unknown */
        void frames(long done, long total);
    }

    /**
     * What a run came to.
     *
     * @param frames pictures read and looked at
     * @param found what was certain, by label; an object whose label changed counts for its first one
     */
    public record Summary(long frames, SortedMap<String, Found> found) {
        public Summary {
            found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
        }
    }

    /**
     * Objects of one label.
     *
     * @param tracks objects that were certain
     * @param boxes how often they were seen
     */
    public record Found(int tracks, long boxes) {
        Found plus(Found more) {
            return new Found(tracks + more.tracks, boxes + more.boxes);
        }
    }

    /** @param workers frames to look at side by side, at least 1; usually the number of cores */
    public DetectRun(Detector detector, TrackerSettings tracker, Outputs outputs, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers: got " + workers + ", at least 1 is needed");
        }
        this.detector = detector;
        this.outputs = outputs;
        this.workers = workers;
        this.recording = new Recording(new Tracker(tracker), outputs.writers());
        this.gate = detector.needsMotion() ? new MotionGate(MotionSettings.everyFrame()) : null;
    }

    /** Passes over frames that the gate lets go. One frame at a time then, because it wants to know what is followed. */
    public DetectRun gatedBy(MotionSettings motion) {
        gate = new MotionGate(motion);
        return this;
    }

    /** Covers in every frame what no picture may show, before a sink sees it. */
    public DetectRun covering(PrivacySettings settings) {
        privacy = new PrivacyGuard(settings);
        return this;
    }

    /** Frames that the gate let go; also counted as done. */
    public long skipped() {
        return skipped;
    }

    /**
     * Runs until the source ends or {@link #stop} is called; once only. Neither source nor detector is closed.
     *
     * @throws VideoException if the source failed; what was read until then has been written
     * @throws DetectionException if a frame could not be looked at
     * @throws IOException if an output failed or the thread was interrupted
     */
    public Summary run(VideoSource source) throws VideoException, DetectionException, IOException {
        var executor = Executors.newFixedThreadPool(workers);
        try {
            VideoException end = readAll(source, executor);
            while (!underWay.isEmpty()) {
                finishOldest(source);
            }
            recording.finish();
            if (end != null && !(end instanceof EndOfVideoException)) {
                throw end;
            }
            return summary();
        } finally {
            releaseAll(executor);
        }
    }

    /** What has been written; to be asked by the run's thread, also after {@link #run} has failed. */
    public Summary summary() {
        return new Summary(done, recording.found());
    }

    /** Ends the run after the frames under way, as at the end of the recording. From any thread. */
    public void stop() {
        stopped = true;
    }

    /** Whether the run was asked to end before the recording did. */
    public boolean stopped() {
        return stopped;
    }

    /** Leases in use; 0 once a run has ended. */
    int leased() {
        return pool == null ? 0 : pool.leased();
    }

    private @Nullable VideoException readAll(VideoSource source, ExecutorService executor)
            throws DetectionException, IOException {
        try {
            while (!stopped) {
                var picture = source.next(PATIENCE);
                if (picture.isPresent()) {
                    look(picture.get(), executor);
                }
                if (underWay.size() > (gate == null ? workers : 0)) {
                    finishOldest(source);
                }
            }
            return null;
        } catch (VideoException e) {
            return e;
        }
    }

    private void look(VideoSource.Picture picture, ExecutorService executor) {
        sequence++;
        var time = picture.mediaTime();
        // only differences matter here, and the recording's own clock makes results repeatable
        var info = new FrameInfo("recording", sequence, Instant.EPOCH.plus(time), picture.width(), picture.height());
        var slot = poolFor(info).lease().orElseThrow(() -> new IllegalStateException("more frames than workers"));
        picture.copyTo(slot.memory());
        var frame = slot.publish(info);
        underWay.add(new Looked(frame, time, look(frame, executor)));
    }

    private Future<List<SeenObject>> look(Frame frame, ExecutorService executor) {
        var judge = gate;
        if (judge == null) {
            return executor.submit(() -> detector.detect(frame));
        }
        if (judge.judge(frame, recording.followedBoxes()) instanceof Verdict.Look look) {
            judge.looked(frame, look);
            var regions = look.regionsFor(detector);
            return executor.submit(() -> regions.isEmpty() ? detector.detect(frame) : detector.detect(frame, regions));
        }
        skipped++;
        return PASSED_OVER;
    }

    /** One pool, but for a recording whose pictures become larger on the way. */
    private FramePool poolFor(FrameInfo info) {
        var current = pool;
        if (current == null || current.bytesPerSlot() < info.bytes()) {
            current = new FramePool(workers + 1, info.bytes());
            pool = current;
        }
        return current;
    }

    private void finishOldest(VideoSource source) throws DetectionException, IOException {
        var objects = result(underWay.element().objects);
        var looked = underWay.remove();
        try {
            var observation = new Observation(looked.frame.info(), objects);
            var shown = recording.add(observation, looked.time, new FrameColours(looked.frame));
            cover(looked, observation);
            for (var sink : outputs.sinks()) {
                sink.write(looked.frame, shown);
            }
        } finally {
            looked.frame.close();
        }
        done++;
        outputs.progress().frames(done, source.stream().frames());
    }

    private void cover(Looked looked, Observation observation) {
        if (looked.objects == PASSED_OVER) {
            privacy.coverAsBefore(looked.frame, recording.followed());
        } else {
            privacy.cover(looked.frame, observation, recording.followed());
        }
    }

    private static List<SeenObject> result(Future<List<SeenObject>> objects) throws DetectionException, IOException {
        try {
            return objects.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DetectionException problem) {
                throw problem;
            }
            throw new DetectionException("the detector failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while detecting");
        }
    }

    /** After a failure: the workers read the frames' pixels until they are done. */
    private void releaseAll(ExecutorService executor) {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(LAST_FRAMES.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().addKeyValue("detector", detector.info().id()).log("frames under way do not end");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        underWay.forEach(looked -> looked.frame.close());
        underWay.clear();
    }

    /** A frame that a worker looks at or has looked at. */
    private record Looked(Frame frame, Duration time, Future<List<SeenObject>> objects) {}
}
