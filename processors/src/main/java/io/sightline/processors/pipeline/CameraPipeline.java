package io.sightline.processors.pipeline;

import io.sightline.camera.objects.ObjectList;
import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Look;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
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
    private boolean lookFailed;
    private boolean ended;

    CameraPipeline(PipelineSettings settings, PipelineTools tools) {
        this.settings = settings;
        this.tools = tools;
        this.scene = new Scene(settings.scene());
        this.tracker = new Tracker(settings.tracker());
        this.gate = new MotionGate(settings.gate());
        this.log = new DetectionLog(settings, tools);
        this.urgency = new Urgency(settings);
        this.privacy = new PrivacyGuard(settings.privacy());
        this.live = tools.live().ensure(settings.cameraId());
    }

    /**
     * Looks at a frame if the gate thinks it worth that. One that it passes over shows nothing new: nothing is being
     * followed then, so an empty observation lets time pass and loses nothing.
     *
     * @return what was seen, without an observation if the frame could not be looked at; the listener knows why
     */
    Glance detect(Frame frame) throws InterruptedException {
        var verdict = judge(frame);
        tools.listener().judged(settings.cameraId(), verdict);
        return verdict instanceof Verdict.Look look
                ? new Glance(this, frame, look(frame, look), true)
                : new Glance(this, frame, Optional.of(new Observation(frame.info(), List.of())), false);
    }

    /** Takes in what a camera has seen by itself; there is no picture to look at or to show. */
    Glance take(ObjectList list) {
        var objects = list.objects().stream()
                .map(one -> new SeenObject(
                        one.label(), one.confidence(), new BoundingBox(one.x(), one.y(), one.width(), one.height())))
                .toList();
        tools.listener().observed(settings.cameraId(), objects.size());
        return new Glance(this, null, Optional.of(new Observation(list.frame(), objects)), true);
    }

    /** Where objects are covered, all of the frame is looked at, and a look that failed is made up for. */
    private Verdict judge(Frame frame) {
        var verdict = gate.judge(frame, followed);
        if (!settings.coversObjects()) {
            return verdict;
        } else if (verdict instanceof Verdict.Look look) {
            return look.whole();
        }
        return lookFailed ? new Verdict.Look(Verdict.Why.FORCED, List.of(), List.of()) : verdict;
    }

    private Optional<Observation> look(Frame frame, Verdict.Look verdict) throws InterruptedException {
        var regions = verdict.regionsFor(settings.detector());
        var look = new Look(settings.cameraId(), settings.detector(), frame, regions).withPriority(urgency.now());
        try {
            var objects = tools.pool().detect(look, settings.deadline());
            requireCovers();
            gate.looked(frame, verdict);
            lookFailed = false;
            tools.listener().observed(settings.cameraId(), objects.size());
            return Optional.of(new Observation(frame.info(), objects));
        } catch (DetectionException e) {
            lookFailed = true;
            tools.listener().detectorFailed(settings.cameraId(), e);
            return Optional.empty();
        }
    }

    /** What a detector tells of may be known only now: its model was still to be fetched when the camera began. */
    private void requireCovers() throws DetectionException {
        var problem = settings.uncovered();
        if (problem.isPresent()) {
            throw new DetectionException(DetectionException.Reason.BAD_DETECTOR, problem.get());
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
    List<Event> track(Glance glance) {
        if (ended || glance.observation().isEmpty()) {
            return List.of();
        }
        var frame = glance.frame();
        var observation = glance.observation().get();
        if (frame == null) {
            return trackUnseen(observation);
        }
        var tracks = tracker.update(settings.sieve().sift(observation), new FrameColours(frame));
        followed = tracker.followedBoxes();
        if (glance.looked()) { // before anybody makes a picture of the frame
            privacy.cover(frame, observation, tracks.active());
        } else {
            privacy.coverAsBefore(frame, tracks.active());
        }
        var events = log.update(new Shown(frame.info(), frame), tracks, scene);
        urgency.update(tracks.active(), scene);
        show(frame, tracks.active());
        return events;
    }

    private List<Event> trackUnseen(Observation observation) {
        var tracks = tracker.update(settings.sieve().sift(observation));
        var events = log.update(new Shown(observation.frame(), null), tracks, scene);
        live.showNothing(tracks.active());
        return events;
    }

    /** Between acquire and release: shows a frame that could not be looked at. */
    void showOnly(Frame frame) {
        if (ended) {
            return;
        }
        privacy.coverUnknown(frame);
        show(frame, List.of());
    }

    /** Between acquire and release: ends all open detections; what was shown of them is shown no more. */
    List<Event> endAll(EndReason reason) {
        live.clear();
        var tracks = tracker.finish();
        followed = List.of();
        var events = log.endAll(reason, tracks, scene);
        urgency.update(List.of(), scene);
        return events;
    }

    /** Between acquire and release: frames that still come are passed over, and shown to nobody. */
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
