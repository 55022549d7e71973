/**
 * config/sightline.yaml: read once into nodes with positions, then into records; every problem at once.
 *
 * <pre>
 * sightline.yaml ──► nodes ──► ${…} filled in ──► records ──► checks between them ──► SightlineSettings
 *                                                                     └──► FileProblems: nothing is taken over
 * </pre>
 *
 * <p>{@link io.sightline.hub.settings.Setting} on a record's component says all there is to know about a key; the
 * loader, the page docs/configuration.md and the schema for editors come from it. {@link
 * io.sightline.hub.settings.SettingsFile} has one thread, which also calls the listeners.
 */
@NullMarked
package io.sightline.hub.settings;

import org.jspecify.annotations.NullMarked;
