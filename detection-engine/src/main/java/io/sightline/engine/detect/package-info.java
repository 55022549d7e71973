/**
 * What is in one picture: detectors, their decoders, and the pool that runs them.
 *
 * <pre>
 *  Frame ──► InferencePool ──► Detector ──► List of SeenObject ──► Observation
 *            workers = cores    one thread at a time each
 * </pre>
 */
@NullMarked
package io.sightline.engine.detect;

import org.jspecify.annotations.NullMarked;
