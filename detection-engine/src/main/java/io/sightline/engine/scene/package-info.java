/**
 * Where objects are in the picture that an operator drew zones and lines into, and what they do there.
 *
 * <pre>
 *  TrackUpdate ──► Scene ──► per track: Visitor ──► SteadySide per zone and line ──► SceneChange
 * </pre>
 *
 * A track stands where the middle of its box's bottom edge is. Boxes tremble, so nobody changes sides before being clear
 * of the border, or beyond it for a while. One thread per scene.
 */
@NullMarked
package io.sightline.engine.scene;

import org.jspecify.annotations.NullMarked;
