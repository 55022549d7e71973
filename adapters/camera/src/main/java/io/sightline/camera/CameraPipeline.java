package io.sightline.camera;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.NewestFrame;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.UnitOfWorkHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the newest frame and leads it through the route, one at a time, on a thread of its own. */
final class CameraPipeline implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraPipeline.class);
    private static final Duration LOOK_UP = Duration.ofSeconds(1);

    private final CameraConsumer consumer;
    private final NewestFrame newest;
    private final CameraFigures figures;
    private volatile boolean stopping;

    CameraPipeline(CameraConsumer consumer, NewestFrame newest, CameraFigures figures) {
        this.consumer = consumer;
        this.newest = newest;
        this.figures = figures;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                newest.take(LOOK_UP).ifPresent(this::handle);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whatever goes wrong costs this frame and not the thread: the next frame may do better. */
    private void handle(Frame frame) {
        try {
            Exchange exchange = exchangeFor(frame);
            lead(frame, exchange);
            count(exchange.getException());
        } catch (RuntimeException | Error e) {
            count(e);
        }
    }

    private Exchange exchangeFor(Frame frame) {
        try {
            Exchange exchange = consumer.createExchange(false);
            exchange.getExchangeExtension().addOnCompletion(new GiveBack(frame));
            return exchange;
        } catch (RuntimeException | Error e) {
            frame.close();
            throw e;
        }
    }

    private void lead(Frame frame, Exchange exchange) {
        try {
            exchange.getMessage().setBody(frame);
            exchange.getMessage().setHeader(CameraConstants.CAMERA_ID, frame.cameraId());
            exchange.getMessage()
                    .setHeader(CameraConstants.FRAME_SEQUENCE, frame.info().sequence());
            exchange.getMessage()
                    .setHeader(CameraConstants.CAPTURED_AT, frame.info().capturedAt());
            consumer.getProcessor().process(exchange);
        } catch (Exception | Error e) {
            exchange.setException(e);
        } finally {
            completeUnrouted(exchange);
        }
    }

    /** An exchange that the route refused has no unit of work that would complete it. */
    private static void completeUnrouted(Exchange exchange) {
        List<Synchronization> left = exchange.getExchangeExtension().handoverCompletions();
        if (left != null) {
            UnitOfWorkHelper.doneSynchronizations(exchange, left);
        }
    }

    private void count(@Nullable Throwable trouble) {
        if (trouble == null) {
            figures.handled.increment();
            return;
        }
        figures.failed.increment();
        LOG.atDebug()
                .addKeyValue("cameraId", consumer.cameraId())
                .setCause(trouble)
                .log("the route failed for a frame");
    }

    /** Closes the frame's lease once, also when the exchange was handed over to another thread. */
    private static final class GiveBack extends SynchronizationAdapter {
        private final Frame frame;

        private GiveBack(Frame frame) {
            this.frame = frame;
        }

        @Override
        public void onDone(Exchange exchange) {
            frame.close();
        }
    }
}
