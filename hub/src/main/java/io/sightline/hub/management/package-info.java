/** The management port: health, metrics, Hawtio behind an access policy. */
@NullMarked
package io.sightline.hub.management;

import org.jspecify.annotations.NullMarked;
