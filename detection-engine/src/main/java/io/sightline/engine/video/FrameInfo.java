package io.sightline.engine.video;

import java.time.Instant;

/**
 * What is known of a frame besides its pixels.
 *
 * @param cameraId the camera that took it
 * @param sequence number of the frame within one run of its camera, from 1, growing
 * @param capturedAt when the picture was taken, by the hub's clock
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 */
public record FrameInfo(String cameraId, long sequence, Instant capturedAt, int width, int height) {
    public FrameInfo {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "camera '" + cameraId + "': a frame of " + width + "x" + height + " has no pixels");
        }
    }

    /** Bytes that the picture takes as I420: full luma, then both chroma planes at half width and height, rounded up. */
    public int bytes() {
        return FrameInfo.bytes(width, height);
    }

    /** Bytes of an I420 picture of this size. */
    public static int bytes(int width, int height) {
        return Math.addExact(
                Math.multiplyExact(width, height), Math.multiplyExact(2, ((width + 1) / 2) * ((height + 1) / 2)));
    }
}
