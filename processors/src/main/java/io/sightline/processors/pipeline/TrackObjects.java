package io.sightline.processors.pipeline;

import io.sightline.camera.objects.ObjectList;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.video.Frame;
import io.sightline.processors.Event;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The step {@code trackObjects}: an observation becomes a list of events, often empty. A frame that was not looked at is
 * shown to viewers, and tells nothing; one whose camera was configured anew since it was looked at is shown to nobody. The
 * camera stays busy until the exchange is completed.
 */
public final class TrackObjects implements Processor {
    private final CameraPipelines pipelines;

    public TrackObjects(CameraPipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Observation) {
            var glance = exchange.getProperty(DetectObjects.GLANCE, Glance.class);
            if (glance == null) {
                throw new IllegalArgumentException("trackObjects comes after detectObjects, in the same route");
            }
            exchange.getMessage().setBody(track(exchange, glance));
        } else if (body instanceof ObjectList) { // of a camera that is no longer configured
            exchange.getMessage().setBody(List.of());
        } else if (body instanceof Frame frame) {
            pipelines.find(frame.cameraId()).ifPresent(pipeline -> showOnly(pipeline, frame));
            exchange.getMessage().setBody(List.of());
        } else {
            throw new IllegalArgumentException("trackObjects needs what detectObjects made");
        }
    }

    private static void showOnly(CameraPipeline pipeline, Frame frame) {
        pipeline.acquire();
        try {
            pipeline.showOnly(frame);
        } finally {
            pipeline.release();
        }
    }

    private static List<Event> track(Exchange exchange, Glance glance) {
        var pipeline = glance.pipeline();
        exchange.removeProperty(DetectObjects.GLANCE); // a second turn in the same exchange would wait for itself
        pipeline.acquire();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                pipeline.release();
            }
        });
        return pipeline.track(glance);
    }
}
