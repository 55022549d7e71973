package io.sightline.processors.pipeline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Look;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.motion.MotionGate;
import io.sightline.engine.motion.Verdict;
import io.sightline.engine.privacy.PrivacyGuard;
import io.sightline.engine.scene.Scene;
import io.sightline.engine.track.FrameColours;
import io.sightline.engine.track.Track;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.video.Frame;
import io.sightline.processors.Event;
import io.sightline.processors.live.LiveView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One camera's way from frames to events. Frames come one at a time; ending may come from any thread. */
final class CameraPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(CameraPipeline.class);

    private final PipelineSettings settings;
    private final PipelineTools tools;
    private final LiveView live;
    /** A semaphore and no lock: an exchange may be completed by another thread than the one that began it. */
    private final Semaphore busy = new Semaphore(1, true);

    private final Tracker tracker;
    private final Scene scene;
    private final PrivacyGuard privacy;
    private final DetectionLog log;
    private final Urgency urgency;
    private final MotionGate gate;
    private volatile List<BoundingBox> followed = List.of();
    private volatile long passedOver = -1;
    private volatile boolean privacyHolds;
    private boolean ended;

    CameraPipeline(PipelineSettings settings, PipelineTools tools) {
        this.settings = settings;
        this.tools = tools;
        this.scene = new Scene(settings.scene());
        this.tracker = new Tracker(settings.tracker());
        this.gate = new MotionGate(settings.motion());
        this.log = new DetectionLog(settings, tools);
        this.urgency = new Urgency(settings);
        this.privacy = new PrivacyGuard(settings.privacy());
        this.live = tools.live().ensure(settings.cameraId());
    }

    /**
     * Looks at a frame if the gate thinks it worth that. One that it passes over shows nothing new: nothing is being
     * followed then, so an empty observation lets time pass and loses nothing.
     *
     * @return what was seen, or empty if the frame could not be looked at; the listener knows why
     */
    Optional<Observation> detect(Frame frame) throws InterruptedException {
        var verdict = gate.judge(frame, followed);
        tools.listener().judged(settings.cameraId(), verdict);
        if (verdict instanceof Verdict.Look look) {
            passedOver = -1;
            return look(frame, look);
        }
        passedOver = frame.info().sequence();
        return Optional.of(new Observation(frame.info(), List.of()));
    }

    private Optional<Observation> look(Frame frame, Verdict.Look verdict) throws InterruptedException {
        var regions = verdict.regionsFor(settings.detector());
        var look = new Look(settings.cameraId(), settings.detector(), frame, regions).withPriority(urgency.now());
        try {
            var objects = tools.pool().detect(look, settings.deadline());
            requirePrivacy();
            gate.looked(frame, verdict);
            tools.listener().observed(settings.cameraId(), objects.size());
            return Optional.of(new Observation(frame.info(), objects));
        } catch (DetectionException e) {
            tools.listener().detectorFailed(settings.cameraId(), e);
            return Optional.empty();
        }
    }

    /** A model that came after the start may not tell what is to be covered: nothing is shown then. */
    private void requirePrivacy() throws DetectionException {
        if (privacyHolds) {
            return;
        }
        try {
            settings.privacy().requireToldBy(settings.detector().info());
            privacyHolds = true;
        } catch (IllegalArgumentException e) {
            throw new DetectionException("privacy: " + e.getMessage(), e);
        }
    }

    /** Waits until nobody else works on this camera. Followed by one {@link #release()}. */
    void acquire() {
        busy.acquireUninterruptibly();
    }

    void release() {
        busy.release();
    }

    /** Between acquire and release. @return what is to be published before the release, in order */
    List<Event> track(Frame frame, Observation observation) {
        if (ended) {
            return List.of();
        }
        var tracks = tracker.update(settings.sieve().sift(observation), new FrameColours(frame));
        followed = tracker.followedBoxes();
        cover(frame, observation, tracks.active()); // before anybody makes a picture of the frame
        var events = log.update(frame, tracks, scene);
        urgency.update(tracks.active(), scene);
        show(frame, tracks.active());
        return events;
    }

    private void cover(Frame frame, Observation observation, List<Track> tracks) {
        if (frame.info().sequence() == passedOver) {
            privacy.coverUnmoved(frame, tracks);
        } else {
            privacy.cover(frame, observation, tracks);
        }
    }

    /** Between acquire and release: shows a frame that could not be looked at. */
    void showOnly(Frame frame) {
        privacy.coverUnknown(frame);
        show(frame, List.of());
    }

    /** Between acquire and release: ends all open detections. */
    List<Event> endAll(EndReason reason) {
        var tracks = tracker.finish();
        followed = List.of();
        var events = log.endAll(reason, tracks, scene);
        urgency.update(List.of(), scene);
        return events;
    }

    /** Between acquire and release: frames that still come are passed over. */
    void end() {
        ended = true;
    }

    int open() {
        return log.open();
    }

    private void show(Frame frame, List<Track> tracks) {
        try {
            live.show(frame, tracks, scene);
        } catch (RuntimeException e) {
            LOG.atDebug()
                    .addKeyValue("cameraId", settings.cameraId())
                    .setCause(e)
                    .log("live picture lost");
        }
    }
}
