package io.sightline.camera;

import io.sightline.camera.objects.ObjectList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads the lists of a smart camera through the route, one at a time, in order, on a thread of its own. */
final class ObjectsPipeline implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectsPipeline.class);

    private final CameraConsumer consumer;
    private final BlockingQueue<ObjectList> queue;
    private final CameraFigures figures;
    private volatile boolean stopping;

    ObjectsPipeline(CameraConsumer consumer, BlockingQueue<ObjectList> queue, CameraFigures figures) {
        this.consumer = consumer;
        this.queue = queue;
        this.figures = figures;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                ObjectList list = queue.poll(1, TimeUnit.SECONDS);
                if (list != null && !stopping) {
                    handle(list);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whatever goes wrong costs this list and not the thread. */
    private void handle(ObjectList list) {
        Exchange exchange = consumer.createExchange(false);
        try {
            exchange.getMessage().setBody(list);
            exchange.getMessage()
                    .setHeader(CameraConstants.CAMERA_ID, list.frame().cameraId());
            exchange.getMessage()
                    .setHeader(CameraConstants.FRAME_SEQUENCE, list.frame().sequence());
            exchange.getMessage()
                    .setHeader(CameraConstants.CAPTURED_AT, list.frame().capturedAt());
            consumer.getProcessor().process(exchange);
        } catch (Exception | Error e) {
            exchange.setException(e);
        }
        if (exchange.getException() == null) {
            figures.handled.increment();
            return;
        }
        figures.failed.increment();
        LOG.atDebug()
                .addKeyValue("cameraId", consumer.cameraId())
                .setCause(exchange.getException())
                .log("the route failed for an object list");
    }
}
