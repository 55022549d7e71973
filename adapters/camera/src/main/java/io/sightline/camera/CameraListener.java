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
}
