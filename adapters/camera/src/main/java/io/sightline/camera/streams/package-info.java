/**
 * Which of a camera's streams is for what: one is looked at, snapshots and clips may come from
 * others. Values only; any thread.
 */
@NullMarked
package io.sightline.camera.streams;

import org.jspecify.annotations.NullMarked;
