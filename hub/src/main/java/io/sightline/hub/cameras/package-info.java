/**
 * Brings the configured cameras and detectors to life and keeps them as the settings say.
 *
 * <pre>
 *  settings ──► Cameras ──┬─► DetectorShelf      opens and closes detectors
 *                         ├─► CameraPipelines    how the frames of a camera are looked at
 *                         ├─► Spine              addresses of a camera
 *                         └─► route camera-&lt;id&gt;   made from the template camera-to-frames
 * </pre>
 */
@NullMarked
package io.sightline.hub.cameras;

import org.jspecify.annotations.NullMarked;
