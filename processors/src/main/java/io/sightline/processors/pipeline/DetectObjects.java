package io.sightline.processors.pipeline;

import io.sightline.engine.video.Frame;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code detectObjects}: a frame becomes an observation, and waits in an exchange property for the next step.
 * Where it could not be looked at in time, or its camera is no longer configured, the frame stays the body.
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
        if (!(exchange.getMessage().getBody() instanceof Frame frame)) {
            throw new IllegalArgumentException("detectObjects needs a frame in the body, as camera: gives it");
        }
        var pipeline = pipelines.find(frame.cameraId());
        if (pipeline.isEmpty()) {
            return;
        }
        var glance = pipeline.get().detect(frame);
        exchange.setProperty(GLANCE, glance);
        glance.observation().ifPresent(exchange.getMessage()::setBody);
    }
}
