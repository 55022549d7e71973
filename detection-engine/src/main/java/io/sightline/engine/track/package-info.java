/**
 * Follows objects from frame to frame of one camera.
 *
 * <pre>
 *  Observation ──► predict (BoxFilter) ──► match (Assignment) ──► start, correct, lose, end ──► TrackUpdate
 * </pre>
 *
 * Source: Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022, and the filter of
 * Bewley et al., "Simple Online and Realtime Tracking" (SORT), ICIP 2016; here everything that those count in frames is
 * counted in seconds of capture time, so that one setting serves every frame rate. One thread per tracker.
 */
@NullMarked
package io.sightline.engine.track;

import org.jspecify.annotations.NullMarked;
