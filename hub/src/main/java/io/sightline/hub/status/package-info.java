/** The state of every integration, with its reason. */
@NullMarked
package io.sightline.hub.status;

import org.jspecify.annotations.NullMarked;
