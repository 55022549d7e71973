/** How the hub itself tells what happens: the publisher that all events pass through, and news of integrations. */
@NullMarked
package io.sightline.hub.events;

import org.jspecify.annotations.NullMarked;
