/**
 * The steps that routes name.
 *
 * <pre>
 *  Frame ─► detectObjects ─► Observation ─► trackObjects ─► List of Event ─► publishEvent ─► CloudEvent bytes ─► spine
 *  (package pipeline)                                                        Sequences, Envelope, SpineSender
 * </pre>
 *
 * Each step runs on the thread of its camera's pipeline, in order; none keeps a frame beyond the call without a lease.
 */
@NullMarked
package io.sightline.processors;

import org.jspecify.annotations.NullMarked;
