/** Route files: dry run, checks, then apply to the routes of that file alone. */
@NullMarked
package io.sightline.hub.routefiles;

import org.jspecify.annotations.NullMarked;
