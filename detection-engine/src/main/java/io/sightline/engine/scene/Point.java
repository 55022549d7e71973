package io.sightline.engine.scene;

/** A place in the picture, in fractions of its width and height, 0 to 1. */
public record Point(double x, double y) {}
