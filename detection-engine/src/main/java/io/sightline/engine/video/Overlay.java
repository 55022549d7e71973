package io.sightline.engine.video;

import io.sightline.engine.detect.BoundingBox;

/**
 * A box to be drawn on a picture.
 *
 * @param box in pixels of the original picture
 * @param text a few words above the box, may be empty; other than ASCII is shown as question marks
 */
public record Overlay(BoundingBox box, String text) {}
