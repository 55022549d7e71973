/** What the command line starts: run, validate, detect, bench. */
@NullMarked
package io.sightline.hub.launcher;

import org.jspecify.annotations.NullMarked;
