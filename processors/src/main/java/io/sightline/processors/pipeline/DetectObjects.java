package io.sightline.processors.pipeline;

import io.sightline.camera.objects.ObjectList;
import io.sightline.engine.video.Frame;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code detectObjects}: a frame becomes an observation, and waits in an exchange property for the next step. The
 * list of a smart camera is one already. Where it could not be looked at in time, or its camera is no longer configured, the frame stays the body.
 */
public final class DetectObjects implements Processor {
    /** The {@link Glance} that the body is of. */
    static final String GLANCE = "SightlineGlance";

    private final CameraPipelines pipelines;

    public DetectObjects(CameraPipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof ObjectList list) {
            pipelines.find(list.frame().cameraId()).ifPresent(pipeline -> keep(exchange, pipeline.take(list)));
            return;
        }
        if (!(body instanceof Frame frame)) {
            throw new IllegalArgumentException("detectObjects needs what camera: gives in the body");
        }
        var pipeline = pipelines.find(frame.cameraId());
        if (pipeline.isPresent()) {
            keep(exchange, pipeline.get().detect(frame));
        }
    }

    private static void keep(Exchange exchange, Glance glance) {
        exchange.setProperty(GLANCE, glance);
        glance.observation().ifPresent(exchange.getMessage()::setBody);
    }
}
