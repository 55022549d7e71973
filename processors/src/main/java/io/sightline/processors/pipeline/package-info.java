/**
 * What happens to a frame.
 *
 * <pre>
 *  Frame ─► detectObjects ─► Observation ─► trackObjects ─► List of Event
 *                │ gate, pool, deadline                │ Tracker, Scene, DetectionLog, LiveView
 *           CameraPipelines: one CameraPipeline per camera, replaced whole
 * </pre>
 *
 * A pipeline is busy from {@code trackObjects} until its exchange is completed, so that what a removal has to say comes
 * after all events of the frame under way.
 */
@NullMarked
package io.sightline.processors.pipeline;

import org.jspecify.annotations.NullMarked;
