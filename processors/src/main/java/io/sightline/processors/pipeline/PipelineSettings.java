package io.sightline.processors.pipeline;

import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.track.TrackerSettings;
import java.time.Duration;

/**
 * How the frames of one camera are looked at.
 *
 * @param detector stays its maker's; may be shared with other cameras
 * @param deadline longest time of waiting for a worker, and again of looking at one frame; positive
 * @param sieve what of an observation is believed
 * @param privacy what no picture shows
 * @param updateInterval shortest time between two updates of one detection; not negative
 * @param priority what the camera has while nobody is in a more important zone
 * @param motion which frames are looked at
 */
public record PipelineSettings(
        String cameraId,
        Detector detector,
        Duration deadline,
        TrackerSettings tracker,
        SceneSettings scene,
        Sieve sieve,
        PrivacySettings privacy,
        Duration updateInterval,
        Priority priority,
        MotionSettings motion) {
    public PipelineSettings {
        if (deadline.isNegative() || deadline.isZero() || updateInterval.isNegative()) {
            throw new IllegalArgumentException("camera '" + cameraId + "': deadline " + deadline
                    + " must be positive and update-interval " + updateInterval + " not negative");
        }
        try {
            if (!detector.info().labels().isEmpty()) {
                privacy.requireToldBy(detector.info());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("camera '" + cameraId + "': privacy: " + e.getMessage(), e);
        }
    }
}
