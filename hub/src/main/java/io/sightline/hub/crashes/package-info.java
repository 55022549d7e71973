/**
 * What is done when native code has taken the hub's process down: the report of the JVM names the camera whose pictures
 * were worked on, and that camera alone is kept apart, so that the next start brings everything else back.
 *
 * <pre>
 *  JVM dies ─► crashes/hs_err_pid*.log ─► launcher starts the hub again ─► CrashReport ─► Quarantine ─► Cameras
 * </pre>
 *
 * One ledger, {@code crashes/ledger.json} in the data folder, remembers who did what; any thread may ask.
 */
@NullMarked
package io.sightline.hub.crashes;

import org.jspecify.annotations.NullMarked;
