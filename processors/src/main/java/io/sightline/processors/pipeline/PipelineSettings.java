package io.sightline.processors.pipeline;

import io.sightline.engine.detect.Detector;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.track.TrackerSettings;
import java.time.Duration;
import java.util.TreeSet;

/**
 * How the frames of one camera are looked at.
 *
 * @param detector stays its maker's; may be shared with other cameras
 * @param deadline longest time for looking at one frame, waiting for a worker included; positive
 * @param sieve what of an observation is believed
 * @param privacy what no picture shows
 * @param updateInterval shortest time between two updates of one detection; not negative
 */
public record PipelineSettings(
        String cameraId,
        Detector detector,
        Duration deadline,
        TrackerSettings tracker,
        SceneSettings scene,
        Sieve sieve,
        PrivacySettings privacy,
        Duration updateInterval) {
    public PipelineSettings {
        if (deadline.isNegative() || deadline.isZero() || updateInterval.isNegative()) {
            throw new IllegalArgumentException("camera '" + cameraId + "': deadline " + deadline
                    + " must be positive and update-interval " + updateInterval + " not negative");
        }
        var unknown = new TreeSet<>(privacy.labels());
        detector.info().labels().forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("camera '" + cameraId + "': privacy: nobody would cover " + unknown
                    + ", the detector '" + detector.info().id() + "' knows "
                    + detector.info().labels());
        }
    }
}
