package io.sightline.camera.objects;

/**
 * One object that a camera says it sees.
 *
 * @param label 1 to 64 characters, for example {@code person}
 * @param confidence 0 to 1
 * @param x left edge in pixels of the camera's picture
 * @param y top edge
 * @param width above 0; the box lies in the picture
 * @param height above 0
 */
public record ListedObject(String label, double confidence, double x, double y, double width, double height) {}
