/**
 * What is in one picture: detectors, their decoders, and the pool that runs them.
 *
 * <pre>
 *  Frame ──► InferencePool ──────────► Detector ──► List of SeenObject ──► Observation
 *            FairQueue: whose turn      one thread for each call
 *            workers = cores
 * </pre>
 */
@NullMarked
package io.sightline.engine.detect;

import org.jspecify.annotations.NullMarked;
