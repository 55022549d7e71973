package io.sightline.hub.cameras;

import io.sightline.hub.settings.CameraSettings;
import io.sightline.processors.clips.CameraStream;
import io.sightline.processors.clips.ClipSettings;
import java.util.Locale;
import java.util.Set;

/** What the settings say of a camera's own video. */
final class Videos {
    private static final Set<String> WITH_PACKETS = Set.of("rtsp", "rtsps", "file");

    private Videos() {}

    static CameraStream.Use use(CameraSettings camera) {
        String scheme = camera.uri().split(":", 2)[0].toLowerCase(Locale.ROOT);
        ClipSettings clips = camera.clips();
        var used = new ClipSettings(
                clips.enabled() && camera.enabled(), clips.before(), clips.after(), clips.longest(), clips.memory());
        return new CameraStream.Use(used, camera.isCovered(), WITH_PACKETS.contains(scheme));
    }
}
