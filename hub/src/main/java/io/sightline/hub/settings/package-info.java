/** config/sightline.yaml: read once into nodes with positions, then into records; every problem at once. */
@NullMarked
package io.sightline.hub.settings;

import org.jspecify.annotations.NullMarked;
