/**
 * The whole pipeline over one recording: every frame is looked at, none is lost, and it ends.
 *
 * <pre>
 *  VideoSource ──► DetectRun ──► Detector (one frame per worker) ──► Tracker, in order ──► Outputs: MOT, JSON
 *                                                                                     └──► PrivacyGuard ──► pictures
 * </pre>
 */
@NullMarked
package io.sightline.engine.offline;

import org.jspecify.annotations.NullMarked;
