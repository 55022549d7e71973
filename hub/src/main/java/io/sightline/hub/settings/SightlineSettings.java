package io.sightline.hub.settings;

import java.util.Map;

/**
 * All of {@code config/sightline.yaml}.
 *
 * @param detectors by id
 * @param cameras by id, in the order of the file
 */
public record SightlineSettings(
        HubSettings hub,
        PortSettings ports,
        StoreSettings store,
        RetentionSettings retention,
        Map<String, DetectorSettings> detectors,
        Map<String, CameraSettings> cameras) {}
