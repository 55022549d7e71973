package io.sightline.camera;

import java.util.Optional;

/**
 * Knows the configured cameras; a bean in the Camel registry. With it an endpoint {@code camera:<id>} needs no address
 * and no login of its own. May be asked from any thread.
 */
@FunctionalInterface
public interface CameraCatalog {
    /** Settings of a camera as they are now, or empty if none of this id is configured. */
    Optional<CameraSourceSettings> find(String cameraId);
}
