/** The operator's page. */
@NullMarked
package io.sightline.hub.console;

import org.jspecify.annotations.NullMarked;
