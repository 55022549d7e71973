package io.sightline.engine.scene;

import java.util.Set;

/**
 * A named line in the picture that objects cross in a direction: {@code a-to-b} is from the left of the line to its
 * right, seen from {@code from} towards {@code to}.
 *
 * @param id the line's id in the configuration
 * @param from start, in fractions of the picture
 * @param to end, in fractions of the picture; not the start
 * @param labels which objects count; empty for all
 */
public record Line(String id, Point from, Point to, Set<String> labels) {}
