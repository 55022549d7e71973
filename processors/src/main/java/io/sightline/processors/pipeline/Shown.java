package io.sightline.processors.pipeline;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import org.jspecify.annotations.Nullable;

/** A frame as its detections see it. @param picture null where the camera sends none */
record Shown(FrameInfo info, @Nullable Frame picture) {}
