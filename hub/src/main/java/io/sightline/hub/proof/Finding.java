package io.sightline.hub.proof;

/**
 * One thing that a proof has shown.
 *
 * @param id of the figure, as the design names it
 * @param name what is counted or measured, with its unit
 * @param passed whether that is good enough
 * @param note how it was had, in one or more lines
 */
public record Finding(String id, String name, double value, boolean passed, String note) {}
