package io.sightline.processors.pipeline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.scene.SceneChange;
import io.sightline.engine.video.FrameInfo;
import io.sightline.processors.Event;
import io.sightline.processors.Timestamps;
import io.sightline.processors.clips.ClipRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the events about what a camera sees. */
public final class DetectionEvents {
    private static final String DETECTION = "io.sightline.detection.";
    private static final String ENDED = "ended";
    private static final double TEN_THOUSAND = 10_000;
    private static final String CLIP = "clip";
    private static final String OCCUPANCY = "occupancy";
    private static final double HUNDRED = 100;
    private static final double MILLIS = 1000;

    private final String cameraId;
    private final DetectorInfo detector;
    private final Supplier<String> revision;

    /** @param revision SHA-256 of the settings in force, asked for each event */
    DetectionEvents(String cameraId, DetectorInfo detector, Supplier<String> revision) {
        this.cameraId = cameraId;
        this.revision = revision;
        this.detector = detector;
    }

    /**
     * Closes a detection that was open when the hub died.
     *
     * @param last data of the last event that the store has of it
     * @param lastTime time of that event: it was there until then at least
     */
    public static Event closedAfterRestart(Map<String, Object> last, Instant lastTime, Instant now) {
        var data = new LinkedHashMap<>(last);
        data.put("reason", EndReason.HUB_RESTARTED.word());
        data.put("ended_at", Timestamps.text(lastTime));
        data.remove(CLIP); // what was not complete then is gone
        String camera = String.valueOf(last.get("camera_id"));
        return new Event(Event.Kind.DETECTION, camera, DETECTION + ENDED, now, data, String.valueOf(last.get("id")));
    }

    Event started(OpenDetection detection, Instant time) {
        return detection("started", detection, data(detection, "started", null), time);
    }

    Event updated(OpenDetection detection, OpenDetection.Change change, Instant time) {
        String reason = change.name().toLowerCase(Locale.ROOT);
        return detection("updated", detection, data(detection, reason, null), time);
    }

    Event ended(OpenDetection detection, EndReason reason, Instant time) {
        return detection(ENDED, detection, data(detection, reason.word(), detection.lastSeen()), time);
    }

    /** Of one detection in a zone or at a line. */
    Event scene(OpenDetection detection, SceneChange.OfTrack change, FrameInfo frame, Instant time) {
        var data = new LinkedHashMap<String, Object>();
        data.put("detection_id", detection.id());
        data.put("camera_id", cameraId);
        data.put("type", change.track().label());
        data.put("track_id", change.track().id());
        data.put("confidence", rounded(change.track().confidence()));
        data.put("bounding_box", box(change.track().box()));
        data.put("captured_at", Timestamps.text(frame.capturedAt()));
        data.put("frame", frame(frame));
        speed(detection, data);
        String type = "io.sightline." + describe(change, data);
        return new Event(Event.Kind.SCENE, cameraId, type, time, data, detection.id());
    }

    private static void speed(OpenDetection detection, Map<String, Object> data) {
        detection.speed().ifPresent(speed -> data.put("speed", hundredths(speed)));
    }

    private static String describe(SceneChange.OfTrack change, Map<String, Object> data) {
        if (change instanceof SceneChange.Entered entered) {
            data.put("zone", entered.zone());
            data.put(OCCUPANCY, entered.occupancy());
            return "zone.entered";
        }
        if (change instanceof SceneChange.Left left) {
            data.put("zone", left.zone());
            data.put("stayed_seconds", seconds(left.stayed()));
            data.put(OCCUPANCY, left.occupancy());
            return "zone.left";
        }
        if (change instanceof SceneChange.Dwelled dwelled) {
            data.put("zone", dwelled.zone());
            data.put("stayed_seconds", seconds(dwelled.stayed()));
            data.put(OCCUPANCY, dwelled.occupancy());
            return "zone.dwelled";
        }
        var crossed = (SceneChange.Crossed) change;
        data.put("line", crossed.line());
        data.put("direction", crossed.direction());
        return "line.crossed";
    }

    private Event detection(String what, OpenDetection detection, Map<String, Object> data, Instant time) {
        return new Event(Event.Kind.DETECTION, cameraId, DETECTION + what, time, data, detection.id());
    }

    private Map<String, Object> data(OpenDetection of, String reason, @Nullable Instant endedAt) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", of.id());
        data.put("camera_id", cameraId);
        data.put("type", of.track().label());
        data.put("confidence", rounded(of.confidence()));
        data.put("track_id", of.track().id());
        data.put("reason", reason);
        data.put("bounding_box", box(of.box()));
        data.put("zones", of.zones());
        data.put("lines_crossed", of.lines());
        data.put("started_at", Timestamps.text(of.startedAt()));
        data.put("ended_at", endedAt == null ? null : Timestamps.text(endedAt));
        data.put("captured_at", Timestamps.text(of.frame().capturedAt()));
        data.put("frame", frame(of.frame()));
        speed(of, data);
        data.put("detector", map("id", detector.id(), "model", detector.model(), "sha256", detector.sha256()));
        data.put("configuration", map("revision", revision.get()));
        var snapshot = of.snapshot();
        data.put("snapshot", snapshot == null ? null : picture(snapshot, of.snapshotSize()));
        var crop = of.crop();
        if (crop != null) {
            data.put("crop", picture(crop));
        }
        var clip = of.clip();
        if (clip != null) {
            data.put(CLIP, clip(clip));
        }
        return data;
    }

    private static Map<String, Object> clip(ClipRef shown) {
        var clip = map("href", shown.href(), "starts_at", Timestamps.text(shown.startsAt()));
        shown.length().ifPresent(length -> clip.put("seconds", seconds(length)));
        shown.signed().ifPresent(signed -> {
            clip.put("signed_href", signed.href());
            clip.put("expires_at", Timestamps.text(signed.expiresAt()));
        });
        return clip;
    }

    /** @param size where it is not that of the frame */
    private static Map<String, Object> picture(SnapshotRef kept, @Nullable JpegSize size) {
        var picture = picture(kept);
        if (size != null) {
            picture.put("width", size.width());
            picture.put("height", size.height());
        }
        return picture;
    }

    private static Map<String, Object> picture(SnapshotRef kept) {
        return map("href", kept.href(), "sha256", kept.sha256());
    }

    static Map<String, Object> box(BoundingBox box) {
        return map(
                "x", Math.round(box.x()),
                "y", Math.round(box.y()),
                "width", Math.round(box.width()),
                "height", Math.round(box.height()));
    }

    static Map<String, Object> frame(FrameInfo frame) {
        return map("sequence", frame.sequence(), "width", frame.width(), "height", frame.height());
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static double rounded(double confidence) {
        return Math.round(confidence * TEN_THOUSAND) / TEN_THOUSAND;
    }

    static double hundredths(double value) {
        return Math.round(value * HUNDRED) / HUNDRED;
    }

    static double seconds(Duration stayed) {
        return Math.max(0, stayed.toMillis()) / MILLIS;
    }
}
