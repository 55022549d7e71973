package io.sightline.engine.usb;

/**
 * Something of a camera that can be set.
 *
 * @param id of V4L2
 * @param name lower case words with underscores, as {@code v4l2-ctl --list-ctrls} has them
 * @param minimum smallest value
 * @param maximum largest value
 */
public record UsbControl(int id, String name, int minimum, int maximum) {}
