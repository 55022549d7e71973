package io.sightline.camera;

/** Is told how a camera stands; every bean of this type in the Camel registry is. */
@FunctionalInterface
public interface CameraListener {
    /**
     * Called on the camera's own thread after each change and each further failed try; must not block.
     *
     * @param cameraId the camera
     * @param status how it stands now
     */
    void report(String cameraId, CameraStatus status);

    /**
     * Called on the camera's own thread while no picture comes and none is missed, as from a folder into which nobody puts
     * any; may be called again and again, must not block.
     */
    default void quiet(String cameraId) {}
}
