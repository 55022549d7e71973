/**
 * The Camel component {@code camera:<id>}: frames of one camera as exchanges.
 *
 * <pre>
 *  CameraReader ──gate──► FramePool slot ──► NewestFrame ──► CameraPipeline ──► route (body: Frame)
 *  (thread: connect,      (exhausted:        (replaced:      (thread: one exchange at a time; the lease is
 *   decode, reconnect)     counted)           counted)        given back when the exchange is complete)
 * </pre>
 *
 * Trouble with the camera is a {@link io.sightline.camera.CameraStatus}, told to the
 * {@link io.sightline.camera.CameraListener} beans of the registry; the reader goes on trying.
 */
@NullMarked
package io.sightline.camera;

import org.jspecify.annotations.NullMarked;
