/**
 * Follows objects from frame to frame of one camera.
 *
 * <pre>
 *  Observation ──► FrameObjects ──► predict (BoxFilter) ──► match (Matching, Assignment) ──► start, Rediscovery, end ──► TrackUpdate
 *  Frame ──► FrameColours (Appearance) ──┘ Colours                └── overlap and likeness
 * </pre>
 *
 * Sources: Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022, for the two
 * stages; Bewley et al., "Simple Online and Realtime Tracking" (SORT), ICIP 2016, for the filter; colours beside overlap
 * as in Wojke et al., "Simple Online and Realtime Tracking with a Deep Association Metric", ICIP 2017, with histograms in
 * the place of a network. Everything that those count in frames is counted in seconds of capture time here, and in object
 * heights in the place of pixels, so that one setting serves every camera. One thread per tracker.
 */
@NullMarked
package io.sightline.engine.track;

import org.jspecify.annotations.NullMarked;
