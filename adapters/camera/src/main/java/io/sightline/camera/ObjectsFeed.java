package io.sightline.camera;

import io.sightline.camera.objects.ObjectList;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiFunction;

/** The two threads of a smart camera. */
final class ObjectsFeed {
    /** Lists that wait for the route; some seconds of a usual camera, so that a short hold-up loses none. */
    private static final int MOST_WAITING = 32;

    private final ObjectsReader reader;
    private final ObjectsPipeline pipeline;
    private final Thread readerThread;
    private final Thread pipelineThread;

    /** @param threads makes a thread of a name and its work */
    ObjectsFeed(
            CameraConsumer consumer,
            CameraSourceSettings settings,
            Parts parts,
            BiFunction<String, Runnable, Thread> threads) {
        BlockingQueue<ObjectList> queue = new ArrayBlockingQueue<>(MOST_WAITING);
        this.reader = new ObjectsReader(
                settings,
                new ObjectsReader.Parts(queue, parts.clock(), parts.figures(), parts.status(), parts.pauses()));
        this.pipeline = new ObjectsPipeline(consumer, queue, parts.figures());
        this.readerThread = threads.apply("camera-reader-", reader);
        this.pipelineThread = threads.apply("camera-pipeline-", pipeline);
    }

    /** What belongs to the camera, whatever feeds it. */
    record Parts(Clock clock, CameraFigures figures, StatusReport status, ReconnectPauses pauses) {}

    void start() {
        pipelineThread.start();
        readerThread.start();
    }

    /** Asks both threads to end; the caller waits for them. */
    void stop() {
        reader.stop();
        pipeline.stop();
        readerThread.interrupt();
    }

    Thread readerThread() {
        return readerThread;
    }

    Thread pipelineThread() {
        return pipelineThread;
    }
}
