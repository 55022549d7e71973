package io.sightline.hub.cameras;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;
import io.sightline.processors.clips.ClipRecorder;
import io.sightline.processors.clips.ClipRef;
import io.sightline.processors.pipeline.Evidence;
import java.time.Instant;
import java.util.Optional;

/** Pictures, and clips of the cameras that write some. */
record ClippedEvidence(Evidence pictures, ClipRecorder clips) implements Evidence {
    @Override
    public double sharpness(Frame frame, BoundingBox box) {
        return pictures.sharpness(frame, box);
    }

    @Override
    public byte[] crop(byte[] jpeg, BoundingBox box) {
        return pictures.crop(jpeg, box);
    }

    @Override
    public Optional<ClipRef> begin(String cameraId, String detectionId, Instant since) {
        return clips.begin(cameraId, detectionId, since);
    }

    @Override
    public Optional<ClipRef> refer(String detectionId) {
        return clips.refer(detectionId);
    }

    @Override
    public Optional<ClipRef> end(String detectionId, Instant lastSeen) {
        return clips.end(detectionId, lastSeen);
    }

    @Override
    public String revision() {
        return pictures.revision();
    }
}
