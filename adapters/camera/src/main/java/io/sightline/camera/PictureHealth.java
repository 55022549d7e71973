package io.sightline.camera;

/** Whether too many of the last pictures were broken: more than one in ten of about the last fifty. One thread. */
final class PictureHealth {
    private static final int WINDOW = 50;

    private long good;
    private long broken;
    private boolean degraded;

    void good() {
        good++;
        if (good + broken >= WINDOW) {
            degraded = broken * 10 > good + broken;
            good = 0;
            broken = 0;
        }
    }

    void broken(long count) {
        broken += count;
    }

    CameraStatus status(String cameraId) {
        return degraded
                ? new CameraStatus(
                        CameraStatus.State.DEGRADED,
                        "BROKEN_PICTURES",
                        "camera " + cameraId + ": more than a tenth of its pictures arrive broken")
                : CameraStatus.online();
    }
}
