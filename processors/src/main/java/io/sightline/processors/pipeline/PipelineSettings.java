package io.sightline.processors.pipeline;

import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.track.TrackerSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * How the frames of one camera are looked at.
 *
 * @param detector stays its maker's; may be shared with other cameras; one that does not tell yet what it tells of is
 *     taken, and asked again once it has looked
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
        uncovered(cameraId, detector, privacy).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Why privacy cannot be kept with this detector; empty too while nobody knows what it tells of. */
    Optional<String> uncovered() {
        return uncovered(cameraId, detector, privacy);
    }

    private static Optional<String> uncovered(String cameraId, Detector detector, PrivacySettings privacy) {
        if (privacy.labels().isEmpty()) {
            return Optional.empty();
        }
        var info = detector.info();
        return info.labels().isEmpty()
                ? Optional.empty()
                : privacy.uncoveredBy(info)
                        .map(problem -> "camera '" + cameraId + "': privacy: " + problem
                                + "; choose another detector or other classes");
    }

    /** Whether objects are covered, so that nothing less than whole looks will do. */
    boolean coversObjects() {
        return !privacy.labels().isEmpty();
    }

    /** How the gate is to work: where objects are covered, nobody may come unnoticed. */
    MotionSettings gate() {
        return coversObjects() ? motion.withoutMasks() : motion;
    }
}
