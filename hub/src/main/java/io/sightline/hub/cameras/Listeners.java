package io.sightline.hub.cameras;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.InferenceListener;
import io.sightline.engine.motion.Verdict;
import io.sightline.processors.pipeline.PipelineListener;
import java.time.Duration;
import java.util.List;

/** Passes on to everyone who wants to hear. */
final class Listeners {
    private Listeners() {}

    record OfPipelines(List<PipelineListener> all) implements PipelineListener {
        @Override
        public void judged(String cameraId, Verdict verdict) {
            all.forEach(listener -> listener.judged(cameraId, verdict));
        }

        @Override
        public void observed(String cameraId, int objects) {
            all.forEach(listener -> listener.observed(cameraId, objects));
        }

        @Override
        public void detectorFailed(String cameraId, DetectionException problem) {
            all.forEach(listener -> listener.detectorFailed(cameraId, problem));
        }

        @Override
        public void snapshotLost(String cameraId, String reason) {
            all.forEach(listener -> listener.snapshotLost(cameraId, reason));
        }
    }

    record OfInference(List<InferenceListener> all) implements InferenceListener {
        @Override
        public void inferred(String cameraId, Duration queued, Duration inference) {
            all.forEach(listener -> listener.inferred(cameraId, queued, inference));
        }

        @Override
        public void lost(String cameraId, DetectionException.Reason reason) {
            all.forEach(listener -> listener.lost(cameraId, reason));
        }
    }
}
