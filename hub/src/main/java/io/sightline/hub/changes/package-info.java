/**
 * Changes of sightline.yaml by program: cameras come, go and change, and every version of the file is kept.
 *
 * <pre>
 * wanted keys ──► secrets into secrets/ ──► edit of the text ──► checked by the loader ──► file replaced ──► in force
 *                                                  └──► 422, 409, 412: nothing is written          └──► revision
 * change made in the file ──► in force ──► revision
 * </pre>
 *
 * <p>One change at a time, on the thread of its caller; the cameras are changed by the listeners of {@link
 * io.sightline.hub.settings.SettingsFile}. What somebody else wrote into the file meanwhile is never overwritten.
 */
@NullMarked
package io.sightline.hub.changes;

import org.jspecify.annotations.NullMarked;
