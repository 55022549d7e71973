package io.sightline.hub.cameras;

import io.sightline.hub.settings.CameraSettings;
import io.sightline.processors.clips.ClipSettings;
import io.sightline.processors.clips.KeptVideo;
import java.util.Locale;
import java.util.Set;

/** What the settings say of a camera's own video. */
final class Videos {
    private static final Set<String> WITH_PACKETS = Set.of("rtsp", "rtsps", "file");

    private Videos() {}

    static KeptVideo.Use use(CameraSettings camera) {
        boolean covered = camera.privacy().covers();
        String address = camera.streams().recorded(camera.uri(), covered).orElseGet(() -> camera.streams()
                .lookedAt(camera.uri()));
        String scheme = address.split(":", 2)[0].toLowerCase(Locale.ROOT);
        ClipSettings clips = camera.clips();
        var used = new ClipSettings(
                clips.enabled() && camera.enabled(), clips.before(), clips.after(), clips.longest(), clips.memory());
        return new KeptVideo.Use(used, covered, WITH_PACKETS.contains(scheme));
    }
}
