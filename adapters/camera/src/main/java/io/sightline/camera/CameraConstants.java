package io.sightline.camera;

import org.apache.camel.spi.Metadata;

/** Headers of the exchanges that a camera makes. */
public final class CameraConstants {
    @Metadata(label = "consumer", description = "Id of the camera that took the picture.", javaType = "String")
    public static final String CAMERA_ID = "SightlineCameraId";

    @Metadata(
            label = "consumer",
            description = "Number of the frame within this run of the camera, from 1.",
            javaType = "Long")
    public static final String FRAME_SEQUENCE = "SightlineFrameSequence";

    @Metadata(
            label = "consumer",
            description = "When the picture was taken, by the hub's clock.",
            javaType = "java.time.Instant")
    public static final String CAPTURED_AT = "SightlineCapturedAt";

    private CameraConstants() {}
}
