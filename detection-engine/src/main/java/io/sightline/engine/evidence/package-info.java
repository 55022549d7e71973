/**
 * Pictures that prove a detection: which one is sharp, and the part of it that matters.
 *
 * <pre>
 *  Frame, box ─► Sharpness ─► how sharp          JPEG, box ─► JpegCrop ─► JPEG of the box and its surroundings
 * </pre>
 */
@NullMarked
package io.sightline.engine.evidence;

import org.jspecify.annotations.NullMarked;
