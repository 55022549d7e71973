@NullMarked
package io.sightline.engine.scene;

import org.jspecify.annotations.NullMarked;
