package io.sightline.processors.pipeline;

import io.sightline.processors.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The pipelines of all cameras. Whoever changes one does so on one thread; frames go on meanwhile. Before the events of
 * an ending are published, those of the frame under way are.
 */
public final class CameraPipelines implements AutoCloseable {
    private final PipelineTools tools;
    private final Consumer<Event> events;
    private final ConcurrentHashMap<String, CameraPipeline> pipelines = new ConcurrentHashMap<>();

    /** @param events publishes and returns when the spine has the event */
    public CameraPipelines(PipelineTools tools, Consumer<Event> events) {
        this.tools = tools;
        this.events = events;
    }

    /**
     * Adds a camera or replaces it whole; what was open under the old settings ends as {@code reconfigured}.
     *
     * @throws IllegalArgumentException if zones or lines cannot be used; nothing has changed then
     */
    public void put(PipelineSettings settings) {
        var old = pipelines.put(settings.cameraId(), new CameraPipeline(settings, tools));
        if (old != null) {
            end(old, EndReason.RECONFIGURED);
        }
    }

    /** Ends what is open and forgets the camera. */
    public void remove(String cameraId) {
        var old = pipelines.remove(cameraId);
        if (old != null) {
            end(old, EndReason.CAMERA_REMOVED);
            tools.live().remove(cameraId);
        }
    }

    /**
     * Prepares to end what is open because the camera is gone; it may come back.
     *
     * @param stillGone asked when the work begins; where it is not, nothing ends
     * @return the work, for any thread and any later time; it leaves alone what replaces the camera until then
     */
    public Runnable offline(String cameraId, BooleanSupplier stillGone) {
        return ending(cameraId, EndReason.CAMERA_OFFLINE, stillGone);
    }

    /** Prepares to end what is open because no picture has come for so long that nobody is there any more. */
    public Runnable quiet(String cameraId) {
        return ending(cameraId, EndReason.LOST, () -> true);
    }

    private Runnable ending(String cameraId, EndReason reason, BooleanSupplier stillSo) {
        var found = find(cameraId);
        return () -> found.ifPresent(pipeline -> {
            pipeline.acquire();
            try {
                if (stillSo.getAsBoolean()) {
                    pipeline.endAll(reason).forEach(events);
                }
            } finally {
                pipeline.release();
            }
        });
    }

    /** Detections of a camera that have not ended. */
    public int open(String cameraId) {
        return find(cameraId).map(CameraPipeline::open).orElse(0);
    }

    /** Ends everything because the hub stops. The routes of the cameras have been stopped before. */
    @Override
    public void close() {
        for (String cameraId : List.copyOf(pipelines.keySet())) {
            var pipeline = pipelines.remove(cameraId);
            if (pipeline != null) {
                end(pipeline, EndReason.HUB_STOPPING);
                tools.live().remove(cameraId);
            }
        }
    }

    Optional<CameraPipeline> find(String cameraId) {
        return Optional.ofNullable(pipelines.get(cameraId));
    }

    private void end(CameraPipeline pipeline, EndReason reason) {
        pipeline.acquire();
        try {
            pipeline.end();
            pipeline.endAll(reason).forEach(events);
        } finally {
            pipeline.release();
        }
    }
}
