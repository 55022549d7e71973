package io.sightline.processors.live;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.Overlay;
import java.util.List;

/** Makes a JPEG of a frame. Any thread; the frame stays the caller's. */
@FunctionalInterface
public interface FrameEncoder {
    /** @param overlays what to draw, one over the other; may be empty */
    byte[] encode(Frame frame, List<Overlay> overlays);
}
