/**
 * The console at {@code /}: static pages and modules; all they show comes from the REST interface. What lies under
 * {@code /login} is open to everybody, all else needs a login.
 */
@NullMarked
package io.sightline.hub.console;

import org.jspecify.annotations.NullMarked;
