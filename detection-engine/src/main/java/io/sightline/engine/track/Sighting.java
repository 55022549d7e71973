package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.FrameInfo;

/**
 * Where an object was in one frame that showed it.
 *
 * @param confidence 0 to 1
 * @param box in pixels of the original picture
 */
public record Sighting(FrameInfo frame, double confidence, BoundingBox box) {}
