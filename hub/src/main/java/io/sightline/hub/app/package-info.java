/** Builds the hub's parts and connects them; no decisions. */
@NullMarked
package io.sightline.hub.app;

import org.jspecify.annotations.NullMarked;
