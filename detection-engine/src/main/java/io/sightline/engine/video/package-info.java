/**
 * Pictures from cameras, files and the drawn demo scene.
 *
 * <pre>
 *  VideoSource ──next──► Picture ──copyTo──► FramePool.Slot ──publish──► Frame ──► NewestFrame ──► pipeline
 *  (one reader thread)   valid until next     fixed, off heap            counted lease   one slot
 * </pre>
 *
 * Frames may be lost at two places, both counted: an exhausted {@link io.sightline.engine.video.FramePool} and the
 * {@link io.sightline.engine.video.NewestFrame} slot. Native memory other than the pool's never leaves the class that
 * allocated it.
 */
@NullMarked
package io.sightline.engine.video;

import org.jspecify.annotations.NullMarked;
