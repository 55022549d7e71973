package io.sightline.processors.pipeline;

import io.sightline.engine.scene.SceneChange;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.FrameInfo;
import io.sightline.processors.Event;
import io.sightline.processors.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the scene events that are about more than one detection. */
final class SceneEvents {
    private final String cameraId;

    SceneEvents(String cameraId) {
        this.cameraId = cameraId;
    }

    /** The detections of a near miss, in its order. */
    record Pair(OpenDetection one, OpenDetection other) {}

    /** @param change a crowd that started or ended */
    Event crowd(SceneChange change, FrameInfo frame, Instant time) {
        var data = data(frame);
        if (change instanceof SceneChange.CrowdStarted started) {
            data.put("zone", started.zone());
            data.put("occupancy", started.occupancy());
            return event("io.sightline.crowd.started", data, time);
        }
        var ended = (SceneChange.CrowdEnded) change;
        data.put("zone", ended.zone());
        data.put("occupancy", ended.occupancy());
        data.put("lasted_seconds", DetectionEvents.seconds(ended.lasted()));
        return event("io.sightline.crowd.ended", data, time);
    }

    Event nearMiss(SceneChange.NearMiss change, Pair detections, FrameInfo frame, Instant time) {
        var data = data(frame);
        data.put("distance", DetectionEvents.hundredths(change.metres()));
        data.put("speed", DetectionEvents.hundredths(change.speed()));
        data.put("object", object(detections.one, change.track()));
        data.put("other", object(detections.other, change.other()));
        return new Event(
                Event.Kind.SCENE, cameraId, "io.sightline.proximity.near-miss", time, data, detections.one.id());
    }

    private Event event(String type, Map<String, Object> data, Instant time) {
        return new Event(Event.Kind.SCENE, cameraId, type, time, data, null);
    }

    private Map<String, Object> data(FrameInfo frame) {
        var data = new LinkedHashMap<String, Object>();
        data.put("camera_id", cameraId);
        data.put("captured_at", Timestamps.text(frame.capturedAt()));
        data.put("frame", DetectionEvents.frame(frame));
        return data;
    }

    private static Map<String, Object> object(OpenDetection detection, Track track) {
        var data = new LinkedHashMap<String, Object>();
        data.put("detection_id", detection.id());
        data.put("type", track.label());
        data.put("track_id", track.id());
        data.put("confidence", DetectionEvents.rounded(track.confidence()));
        data.put("bounding_box", DetectionEvents.box(track.box()));
        detection.speed().ifPresent(speed -> data.put("speed", DetectionEvents.hundredths(speed)));
        return data;
    }
}
