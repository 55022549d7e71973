package io.sightline.engine.detect;

/**
 * One object that a detector saw in one frame.
 *
 * @param label class name, for example {@code person}
 * @param confidence 0 to 1
 * @param box in pixels of the original picture
 */
public record SeenObject(String label, double confidence, BoundingBox box) {}
