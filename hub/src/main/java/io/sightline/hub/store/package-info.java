/** Detections and snapshots: written from the spine, read by REST and console, kept within limits. */
@NullMarked
package io.sightline.hub.store;

import org.jspecify.annotations.NullMarked;
