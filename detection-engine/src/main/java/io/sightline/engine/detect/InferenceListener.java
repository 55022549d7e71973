package io.sightline.engine.detect;

import java.time.Duration;

/** Hears how the pool is doing, for metrics. Called by any thread; must not block. */
public interface InferenceListener {
    /** For those who do not measure. */
    InferenceListener NONE = new InferenceListener() {};

    /**
     * A frame was looked at, in time or not, with or without an error.
     *
     * @param queued time from the request until a worker took it
     * @param inference time from then until the detector returned; of a batch, until it returned all
     */
    default void inferred(String cameraId, Duration queued, Duration inference) {}

    /** A frame was given up or refused. */
    default void lost(String cameraId, DetectionException.Reason reason) {}
}
