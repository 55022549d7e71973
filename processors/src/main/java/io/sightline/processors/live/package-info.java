/**
 * The newest picture of each camera for whoever watches.
 *
 * <pre>
 *  pipeline ──show──► LiveView (boxes, zones; JPEG only while somebody watches) ──await──► any number of viewers
 * </pre>
 *
 * A picture is encoded once for each choice of layers, on the pipeline's thread, during the call that holds the frame: so no lease waits for a
 * viewer. Viewers share the bytes; a slow one misses pictures and delays nobody.
 */
@NullMarked
package io.sightline.processors.live;

import org.jspecify.annotations.NullMarked;
