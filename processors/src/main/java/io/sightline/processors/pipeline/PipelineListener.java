package io.sightline.processors.pipeline;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.motion.Verdict;

/** Hears how the cameras' pipelines are doing. Called on their threads, on every frame; must not block. */
public interface PipelineListener {
    /** The motion gate has decided whether a frame goes to the detector. */
    default void judged(String cameraId, Verdict verdict) {}

    /** A frame was looked at. */
    void observed(String cameraId, int objects);

    /** A frame could not be looked at; the camera goes on with the next one. */
    void detectorFailed(String cameraId, DetectionException problem);

    /** A detection goes without its newest picture. */
    void snapshotLost(String cameraId, String reason);
}
