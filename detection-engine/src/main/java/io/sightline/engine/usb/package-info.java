/**
 * USB cameras of Linux: which there are, what they offer, and their controls. Pictures are read by
 * {@code io.sightline.engine.video}.
 *
 * <pre>
 *  v4l2:serial=… ──► UsbAddress ──► UsbCameras ──┬─► /sys, /dev/v4l/by-id   which /dev/videoN it is now
 *                                                └─► V4l2Device             formats, controls (ioctl)
 * </pre>
 *
 * Any thread; nothing stays open between calls.
 */
@NullMarked
package io.sightline.engine.usb;

import org.jspecify.annotations.NullMarked;
