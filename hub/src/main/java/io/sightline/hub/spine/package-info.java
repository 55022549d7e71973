/** The embedded broker that every event passes through: acceptors, rights, addresses, sinks, dead letters. */
@NullMarked
package io.sightline.hub.spine;

import org.jspecify.annotations.NullMarked;
