@NullMarked
package io.sightline.engine.track;

import org.jspecify.annotations.NullMarked;
