/** What the command line starts: run, validate, detect. */
@NullMarked
package io.sightline.hub.launcher;

import org.jspecify.annotations.NullMarked;
