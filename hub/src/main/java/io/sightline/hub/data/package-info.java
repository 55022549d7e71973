/** The data folder: who owns it, which start this is, which hub this is. */
@NullMarked
package io.sightline.hub.data;

import org.jspecify.annotations.NullMarked;
