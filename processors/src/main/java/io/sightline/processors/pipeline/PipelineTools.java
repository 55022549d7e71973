package io.sightline.processors.pipeline;

import io.sightline.engine.detect.InferencePool;
import io.sightline.processors.Ids;
import io.sightline.processors.live.FrameEncoder;
import io.sightline.processors.live.LiveViews;
import java.time.Clock;

/** What all pipelines share. Each stays its maker's to close. */
public record PipelineTools(
        InferencePool pool,
        FrameEncoder encoder,
        SnapshotFiles snapshots,
        Evidence evidence,
        LiveViews live,
        PipelineListener listener,
        Ids ids,
        Clock clock) {}
