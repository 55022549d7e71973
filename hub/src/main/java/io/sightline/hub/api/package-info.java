/** REST, WebSocket and streams. */
@NullMarked
package io.sightline.hub.api;

import org.jspecify.annotations.NullMarked;
