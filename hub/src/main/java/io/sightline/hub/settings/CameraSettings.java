package io.sightline.hub.settings;

import io.sightline.engine.scene.Line;
import io.sightline.engine.scene.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One camera (live).
 *
 * @param name for people
 * @param location for people, may be empty
 * @param uri {@code demo:}, {@code file:}, {@code rtsp:} or {@code rtsps:}, without login
 * @param enabled false: DISABLED
 * @param detector id of a configured detector
 * @param detectFps frames per second that are looked at, at most
 * @param silenceLimit longest gap between two pictures before reconnecting
 * @param updateInterval shortest time between two updates of one detection
 */
public record CameraSettings(
        String id,
        String name,
        String location,
        String uri,
        Optional<String> username,
        Optional<String> password,
        boolean enabled,
        String detector,
        double detectFps,
        Duration silenceLimit,
        Duration updateInterval,
        List<Zone> zones,
        List<Line> lines) {
    @Override
    public String toString() {
        return "CameraSettings[id=" + id + "]";
    }
}
