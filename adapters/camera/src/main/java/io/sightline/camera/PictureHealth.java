package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the pictures of one connection are as they should be: they change, at most one in ten of about the last fifty
 * is broken, and they are what the settings require. One thread.
 */
final class PictureHealth {
    private static final int WINDOW = 50;
    private static final long RATE_NANOS = Duration.ofSeconds(10).toNanos();

    private final String cameraId;
    private final CameraRequirements requirements;
    private final FrozenPicture frozen;
    private long good;
    private long broken;
    private boolean manyBroken;
    private boolean counting;
    private long counted;
    private long countedSinceNanos;
    private OptionalDouble rate = OptionalDouble.empty();

    /** @param frozen outlives the connection: a camera may hang and connect anew */
    PictureHealth(String cameraId, CameraRequirements requirements, FrozenPicture frozen) {
        this.cameraId = cameraId;
        this.requirements = requirements;
        this.frozen = frozen;
    }

    /** A picture was decoded. */
    void good() {
        good++;
        if (good + broken >= WINDOW) {
            manyBroken = broken * 10 > good + broken;
            good = 0;
            broken = 0;
        }
    }

    /** As {@link SilenceLimit#arrived}. */
    void arrived(long pictures, long nanos) {
        if (!counting) { // since when the first ones came is not known
            counting = true;
            countedSinceNanos = nanos;
            return;
        }
        counted += pictures;
        if (nanos - countedSinceNanos >= RATE_NANOS) {
            rate = OptionalDouble.of(counted * 1e9 / (nanos - countedSinceNanos));
            counted = 0;
            countedSinceNanos = nanos;
        }
    }

    void broken(long count) {
        broken += count;
    }

    /** As {@link FrozenPicture#seen}. */
    void seen(ByteBuffer i420, int width, int height, long nanos) {
        frozen.seen(i420, width, height, nanos);
    }

    CameraStatus status(CameraCapabilities offered) {
        Optional<Duration> still = frozen.frozen();
        if (still.isPresent()) {
            return degraded(
                    "FROZEN",
                    "pictures arrive, but nothing in them has changed for "
                            + still.get().toSeconds() + " s");
        }
        if (manyBroken) {
            return degraded("BROKEN_PICTURES", "more than a tenth of its pictures arrive broken");
        }
        return requirements
                .missing(offered, rate)
                .map(missing -> degraded("REQUIREMENT", missing))
                .orElse(CameraStatus.online());
    }

    private CameraStatus degraded(String code, String sentence) {
        return new CameraStatus(State.DEGRADED, code, "camera " + cameraId + ": " + sentence);
    }
}
