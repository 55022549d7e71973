package io.sightline.hub.settings;

import java.util.Map;

/**
 * All of {@code config/sightline.yaml}.
 *
 * @param detectors by id
 * @param cameras by id, in the order of the file
 */
public record SightlineSettings(
        @Setting("The hub itself.") HubSettings hub,
        @Setting("Ports to listen on.") PortSettings ports,
        @Setting("Where detections are kept.") StoreSettings store,

        @Setting("How long detections and snapshots are kept.")
        RetentionSettings retention,

        @Setting("Detectors by id.") Map<String, DetectorSettings> detectors,

        @Setting(value = "Cameras by id.", defaultsIn = "camera-defaults")
        Map<String, CameraSettings> cameras) {}
