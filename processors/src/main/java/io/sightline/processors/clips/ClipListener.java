package io.sightline.processors.clips;

/** Hears what becomes of clips, on the clip writer's thread. */
public interface ClipListener {
    void written(String cameraId);

    /** @param reason for people */
    void failed(String cameraId, String reason);
}
