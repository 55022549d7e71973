package io.sightline.hub.settings;

import io.sightline.camera.CameraRequirements;
import io.sightline.camera.streams.StreamRoles;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.GroundPlane;
import io.sightline.engine.scene.Line;
import io.sightline.engine.scene.NearMissRule;
import io.sightline.engine.scene.ObjectFilter;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.usb.UsbWishes;
import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.processors.clips.ClipSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One camera (live).
 *
 * @param name for people; the id where none is given
 * @param location for people, may be empty
 * @param uri {@code demo:}, {@code file:}, {@code folder:}, {@code v4l2:}, {@code objects:}, {@code http:}, {@code https:},
 *     {@code rtsp:} or {@code rtsps:}, without login; a path is absolute
 * @param streams the camera's other streams, by what they are for
 * @param enabled false: DISABLED
 * @param detector id of a configured detector; empty for a camera that is one itself, {@code objects:}
 * @param detectFps frames per second that are looked at, at most; above 0, at most 60
 * @param decode what is decoded of the stream that is looked at
 * @param transport {@code tcp}, {@code udp} or {@code http}, of RTSP only
 * @param loop whether a file starts again at its end
 * @param realtime whether a file is played at its own speed, otherwise as fast as possible
 * @param silenceLimit longest gap between two pictures before reconnecting, 500 ms to 10 min; empty: by the camera's own
 *     rate
 * @param frozenLimit how long pictures of a live source may be all the same before that is told, up to 24 h; 0 for ever
 * @param require what the pictures must be like; else the camera is DEGRADED
 * @param updateInterval shortest time between two updates of one detection; up to 1 h
 * @param priority {@code low}, {@code normal} or {@code high}
 * @param motion the motion gate
 * @param usb of {@code v4l2:} only
 * @param folderDone {@code keep} or {@code move}, of {@code folder:} only
 * @param clips video of what was detected
 */
public record CameraSettings(
        String id,

        @Setting(value = "Name for people; the id where it is missing.", standard = "\"\"")
        String name,

        @Setting(value = "Where it hangs, for people.", standard = "\"\"")
        String location,

        @Setting("`rtsp://host/path`, `rtsps://host/path`, `http://host/path`, `https://host/path`, `v4l2:id=NAME`,"
                + " `v4l2:serial=NUMBER` or `v4l2:/dev/video0` (USB), `file:video.mp4`, `folder:pictures` (from the"
                + " folder of sightline.yaml), `objects:udp://address:port`,"
                + " `objects:can://can0?id=0x500&labels=person,car` (docs/cameras.md) or `demo:crossing`.")
        String uri,

        @Setting(value = "Its other streams, by what they are for; `uri` is the main one.", items = StreamKeys.class)
        StreamRoles streams,

        @Setting(value = "Login at the camera.", shared = true)
        Optional<String> username,

        @Setting(value = "Password of that login.", secret = true, shared = true)
        Optional<String> password,

        @Setting(value = "`false` leaves the camera alone.", standard = "true", shared = true)
        boolean enabled,

        @Setting(
                value = "Id of the detector that looks at the pictures; needed for all but `objects:`.",
                standard = "\"\"",
                refersTo = "detectors",
                shared = true)
        String detector,

        @Setting(
                value = "Pictures per second that are looked at, at most.",
                standard = "5",
                min = 0.1,
                max = 60,
                shared = true)
        double detectFps,

        @Setting(value = "What is decoded of the stream that is looked at.", shared = true, items = DecodeKeys.class)
        Decode decode,

        @Setting(
                value = "How RTSP pictures travel.",
                standard = "tcp",
                oneOf = {"tcp", "udp", "http"},
                shared = true)
        String transport,

        @Setting(
                value = "`false` takes any certificate of an `rtsps:` or `https:` camera: DEGRADED as long as it does.",
                standard = "true",
                shared = true)
        boolean tlsVerify,

        @Setting("SHA-256 of the camera's certificate, in hex; instead of all other checks of it.")
        Optional<String> tlsPin,

        @Setting(
                value = "Certificates of the issuers that are trusted (PEM), instead of those that come with Java.",
                shared = true)
        Optional<Path> tlsCaFile,

        @Setting(value = "A `file:` starts again at its end.", standard = "true", shared = true)
        boolean loop,

        @Setting(
                value = "A `file:` is played at its own speed; `false`: as fast as possible.",
                standard = "true",
                shared = true)
        boolean realtime,

        @Setting(
                value = "Longest gap between two pictures; then the hub connects again. `auto` is three times the usual"
                        + " time between two pictures, at least 2 s.",
                standard = "auto",
                min = 0.5,
                max = 600,
                shared = true)
        Optional<Duration> silenceLimit,

        @Setting(
                value =
                        "How long pictures may be the same to the bit before the camera is told to be frozen; `0s`: never.",
                standard = "60s",
                max = 86_400,
                shared = true)
        Duration frozenLimit,

        @Setting(value = "What its pictures must be like.", items = RequireKeys.class, shared = true)
        CameraRequirements require,

        @Setting(
                value = "Shortest time between two updates of one detection.",
                standard = "5s",
                max = 3600,
                shared = true)
        Duration updateInterval,

        @Setting(
                value =
                        "Its share of the processor where that is too small for all cameras: `high` gets 4 times that of"
                                + " `normal`, `low` a quarter.",
                standard = "normal",
                oneOf = {"low", "normal", "high"},
                shared = true)
        String priority,

        @Setting(value = "Which pictures are looked at.", shared = true)
        MotionKeys motion,

        @Setting(value = "How a `v4l2:` camera gives its pictures.", items = UsbKeys.class)
        UsbWishes usb,

        @Setting(
                value =
                        "`keep` leaves the images of a `folder:` where they are; `move` puts those that were looked at into"
                                + " `done/` in it, and those that cannot be read into `broken/`.",
                standard = CameraSettings.KEEP,
                oneOf = {CameraSettings.KEEP, "move"})
        String folderDone,

        @Setting(value = "Video of what was detected, as the camera sent it.", items = ClipKeys.class, shared = true)
        ClipSettings clips,

        @Setting(value = "Places in the picture, by id.", items = ZoneKeys.class)
        List<Zone> zones,

        @Setting(value = "Lines in the picture that are crossed, by id.", items = LineKeys.class)
        List<Line> lines,

        @Setting(value = "Which objects are believed, by label.", items = FilterKeys.class)
        List<ObjectFilter> filters,

        @Setting(value = "Places where nobody is seen, by id; an object is where it stands.", items = OutlineKeys.class)
        List<List<Point>> masks,

        @Setting(
                value = "Four points of the picture with their places on the ground: speeds and near misses.",
                items = GroundKeys.class)
        Optional<GroundPlane> ground,

        @Setting(value = "Who must not come near to whom; needs `ground`.", items = NearMissKeys.class)
        Optional<NearMissRule> nearMiss,

        @Setting(value = "What no picture shows.", items = PrivacyKeys.class)
        PrivacySettings privacy) {

    /** Images stay where they are. */
    static final String KEEP = "keep";

    @Override
    public String toString() {
        return "CameraSettings[id=" + id + "]";
    }
}
