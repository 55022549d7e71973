package io.sightline.hub.cameras;

import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.hub.settings.CameraSettings;
import io.sightline.processors.clips.CameraStream;
import java.util.Locale;
import java.util.Set;

/** What the settings say of a camera's own video. */
final class Videos {
    private static final Set<String> WITH_PACKETS = Set.of("rtsp", "rtsps", "file");

    private Videos() {}

    static CameraStream.Use use(CameraSettings camera) {
        PrivacySettings privacy = camera.privacy();
        boolean covered = !privacy.labels().isEmpty() || !privacy.regions().isEmpty();
        String scheme = camera.uri().split(":", 2)[0].toLowerCase(Locale.ROOT);
        return new CameraStream.Use(camera.clips(), covered, WITH_PACKETS.contains(scheme));
    }
}
