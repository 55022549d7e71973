package io.sightline.processors.pipeline;

import io.sightline.engine.detect.Observation;
import io.sightline.engine.video.Frame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one frame at the detector.
 *
 * @param pipeline whose settings it was judged by; only that one may track it
 * @param frame its lease is that of the exchange; null where the camera sends no pictures
 * @param observation empty if the frame was to be looked at and could not be
 * @param looked false if the gate passed over the frame; the observation tells of nothing then
 */
record Glance(CameraPipeline pipeline, @Nullable Frame frame, Optional<Observation> observation, boolean looked) {}
