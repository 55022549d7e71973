package io.sightline.processors.pipeline;

import io.sightline.engine.scene.Scene;
import io.sightline.engine.scene.SceneChange;
import io.sightline.engine.track.Track;
import io.sightline.engine.track.TrackUpdate;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.processors.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the tracks of one camera into detections: decides what is worth telling, and when. One call at a time. Time is
 * that of capture and never goes back.
 */
final class DetectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(DetectionLog.class);

    /** Better pictures that wait for their detection's next event; more would only fill the memory. */
    private static final int MOST_WAITING = 32;

    private final PipelineSettings settings;
    private final PipelineTools tools;
    private final DetectionEvents events;
    private final SceneEvents sceneEvents;
    private final Map<Integer, OpenDetection> open = new LinkedHashMap<>();
    private Instant now = Instant.MIN;
    private @Nullable FrameInfo last;

    DetectionLog(PipelineSettings settings, PipelineTools tools) {
        this.settings = settings;
        this.tools = tools;
        this.sceneEvents = new SceneEvents(settings.cameraId());
        this.events =
                new DetectionEvents(settings.cameraId(), settings.detector().info(), tools.evidence()::revision);
    }

    /** @return what to tell, in order; snapshots that it refers to are on disk */
    List<Event> update(Shown frame, TrackUpdate tracks, Scene scene) {
        last = frame.info();
        now = OpenDetection.later(now, last.capturedAt());
        var changes = scene.update(tracks.active(), tracks.ended(), frame.info());
        var told = new ArrayList<Event>();
        var shot = new Shot(frame);
        tracks.started().forEach(track -> told.add(start(track, shot, scene)));
        tracks.active().forEach(track -> see(track, shot, scene));
        tracks.ended().forEach(track -> place(track, scene));
        changes.forEach(change -> scene(change, frame.info(), told));
        tracks.active().forEach(track -> tellUpdate(open.get(track.id()), told));
        tracks.left().forEach(track -> end(track.id(), EndReason.LEFT, told));
        tracks.lost().forEach(track -> end(track.id(), EndReason.LOST, told));
        return told;
    }

    /** Ends all that is open; the tracks leave their zones. */
    List<Event> endAll(EndReason reason, List<Track> tracks, Scene scene) {
        now = OpenDetection.later(now, tools.clock().instant());
        var told = new ArrayList<Event>();
        if (last != null) {
            for (SceneChange change : scene.update(List.of(), tracks, last)) {
                scene(change, last, told);
            }
        }
        List.copyOf(open.keySet()).forEach(track -> end(track, reason, told));
        return told;
    }

    int open() {
        return open.size();
    }

    private Event start(Track track, Shot shot, Scene scene) {
        var detection = new OpenDetection(tools.ids().next(), track, shot.info());
        open.put(track.id(), detection);
        detection.see(track, shot.info(), scene);
        detection.rate(shot.sharpness(track));
        shot.giveTo(detection);
        keepPicture(detection);
        tools.evidence()
                .begin(settings.cameraId(), detection.id(), detection.startedAt())
                .ifPresent(detection::shownBy);
        detection.told(now);
        return events.started(detection, now);
    }

    private void see(Track track, Shot shot, Scene scene) {
        var detection = open.get(track.id());
        if (detection == null || !detection.see(track, shot.info(), scene)) {
            return;
        }
        if (mayWait(detection) && detection.rate(shot.sharpness(track))) {
            shot.giveTo(detection);
        }
    }

    private boolean mayWait(OpenDetection detection) {
        return detection.waiting() != null
                || open.values().stream().filter(o -> o.waiting() != null).count() < MOST_WAITING;
    }

    private void place(Track ended, Scene scene) {
        var detection = open.get(ended.id());
        if (detection != null) {
            detection.place(scene);
        }
    }

    private void scene(SceneChange change, FrameInfo frame, List<Event> told) {
        if (change instanceof SceneChange.OfTrack ofTrack) {
            var detection = open.get(ofTrack.track().id());
            if (detection != null) {
                told.add(events.scene(detection, ofTrack, frame, now));
            }
        } else if (change instanceof SceneChange.NearMiss nearMiss) {
            var one = open.get(nearMiss.track().id());
            var other = open.get(nearMiss.other().id());
            if (one != null && other != null) {
                told.add(sceneEvents.nearMiss(nearMiss, new SceneEvents.Pair(one, other), frame, now));
            }
        } else {
            told.add(sceneEvents.crowd(change, frame, now));
        }
    }

    private void tellUpdate(@Nullable OpenDetection detection, List<Event> told) {
        var change = detection == null ? null : detection.due(now, settings.updateInterval());
        if (detection != null && change != null) {
            keepPicture(detection);
            tools.evidence().refer(detection.id()).ifPresent(detection::shownBy);
            detection.told(now);
            told.add(events.updated(detection, change, now));
        }
    }

    private void end(int trackId, EndReason reason, List<Event> told) {
        var detection = open.remove(trackId);
        if (detection != null) {
            keepPicture(detection);
            tools.evidence().end(detection.id(), detection.lastSeen()).ifPresent(detection::shownBy);
            told.add(events.ended(detection, reason, now));
        }
    }

    private void keepPicture(OpenDetection detection) {
        byte[] jpeg = detection.waiting();
        if (jpeg != null) {
            var snapshot = keep(() -> jpeg);
            detection.kept(
                    snapshot,
                    snapshot == null ? null : keep(() -> tools.evidence().crop(jpeg, detection.boxIn(jpeg))));
        }
    }

    private @Nullable SnapshotRef keep(Supplier<byte[]> jpeg) {
        try {
            return tools.snapshots().keep(jpeg.get());
        } catch (IOException | RuntimeException e) {
            lost(e);
            return null;
        }
    }

    private void lost(Exception e) {
        LOG.atDebug().addKeyValue("cameraId", settings.cameraId()).setCause(e).log("snapshot lost");
        tools.listener().snapshotLost(settings.cameraId(), String.valueOf(e.getMessage()));
    }

    /** The picture of one frame: encoded when the first detection wants it, and shared by all. */
    private final class Shot {
        private final Shown frame;
        private boolean tried;
        private byte @Nullable [] jpeg;

        Shot(Shown frame) {
            this.frame = frame;
        }

        FrameInfo info() {
            return frame.info();
        }

        double sharpness(Track track) {
            Frame picture = frame.picture();
            try {
                return picture == null ? 0 : tools.evidence().sharpness(picture, track.box());
            } catch (RuntimeException e) {
                lost(e);
                return 0;
            }
        }

        void giveTo(OpenDetection detection) {
            Frame picture = frame.picture();
            if (picture == null) {
                detection.better(frame.info());
                return;
            }
            if (!tried) {
                tried = true;
                jpeg = encode(picture);
            }
            if (jpeg != null) {
                detection.picture(jpeg, frame.info());
            }
        }

        private byte @Nullable [] encode(Frame picture) {
            try {
                return tools.encoder().encode(picture, List.of());
            } catch (RuntimeException e) {
                lost(e);
                return null;
            }
        }
    }
}
