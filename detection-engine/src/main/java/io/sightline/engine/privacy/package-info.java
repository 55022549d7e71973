/**
 * What pictures may not show.
 *
 * <pre>
 *  Frame ─► detector ─► Observation, Tracks ─► PrivacyGuard ─► the same Frame, covered ─► snapshots, live picture, video
 * </pre>
 *
 * The pixels of the frame itself are changed, between the detector and everybody who encodes: so there is no way round.
 * One thread per guard.
 */
@NullMarked
package io.sightline.engine.privacy;

import org.jspecify.annotations.NullMarked;
