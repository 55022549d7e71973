package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.video.NewestFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the two threads of a camera. Threads that it started are gone when it has stopped. */
final class CameraConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(CameraConsumer.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

    private final CameraEndpoint endpoint;
    private @Nullable Running running;
    private @Nullable ObjectsFeed feed;

    private record Running(
            NewestFrame newest,
            CameraReader reader,
            CameraPipeline pipeline,
            Thread readerThread,
            Thread pipelineThread,
            StatusReport status,
            SecondStreams second) {}

    CameraConsumer(CameraEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    String cameraId() {
        return endpoint.getId();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CameraSourceSettings settings = endpoint.settings();
        CameraComponent component = endpoint.component();
        var newest = new NewestFrame();
        var status = new StatusReport(settings.id(), component.listeners());
        var login = new SharedLogin();
        var pauses = new ReconnectPauses(() -> ThreadLocalRandom.current().nextDouble(), login);
        CameraFigures figures = component.claim(settings.id(), this);
        if (settings.sendsObjects()) {
            start(settings, new ObjectsFeed.Parts(component.clock(), figures, status, pauses));
            return;
        }
        figures.use(newest);
        var second = new SecondStreams(settings, component, new SecondStreams.Own(status, login), this::thread);
        var reader = new CameraReader(
                settings,
                new CameraReader.Parts(
                        component.site(second.forDecoded()),
                        PictureSlots::newPool,
                        newest,
                        figures,
                        status,
                        pauses,
                        second::trouble));
        var pipeline = new CameraPipeline(this, newest, figures);
        running = new Running(
                newest,
                reader,
                pipeline,
                thread("camera-reader-", reader),
                thread("camera-pipeline-", pipeline),
                status,
                second);
        component.offer(settings.id(), second.pictures());
        running.pipelineThread().start();
        running.readerThread().start();
        second.start();
    }

    private void start(CameraSourceSettings settings, ObjectsFeed.Parts parts) {
        var started = new ObjectsFeed(this, settings, parts, this::thread);
        feed = started;
        started.start();
    }

    private Thread thread(String name, Runnable work) {
        return endpoint.getCamelContext().getExecutorServiceManager().newThread(name + cameraId(), work);
    }

    @Override
    protected void doStop() throws Exception {
        ObjectsFeed fed = feed;
        feed = null;
        if (fed != null) {
            fed.stop();
            join(fed.readerThread());
            join(fed.pipelineThread());
            reportStopped(new StatusReport(cameraId(), endpoint.component().listeners()));
        }
        Running stopped = running;
        running = null;
        if (stopped != null) {
            stopped.reader().stop();
            stopped.pipeline().stop();
            stopped.readerThread().interrupt();
            stopped.newest().close();
            endpoint.component().offer(cameraId(), Optional.empty());
            stopped.second().stop();
            join(stopped.readerThread());
            join(stopped.pipelineThread());
            stopped.second().threads().forEach(this::join);
            reportStopped(stopped.status());
        }
        super.doStop();
    }

    private void reportStopped(StatusReport status) {
        status.report(new CameraStatus(State.DISABLED, CameraStatus.STOPPED, "camera " + cameraId() + " was stopped"));
        endpoint.component().free(cameraId(), this);
    }

    /**
     * Waits, then insists, at once if the stopping thread itself is hurried. A thread that hangs in a call that cannot be
     * interrupted ends with that call.
     */
    private void join(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(STOP_PATIENCE.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(1000);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.atDebug()
                    .addKeyValue("cameraId", cameraId())
                    .addKeyValue("thread", thread.getName())
                    .log("a camera thread is still busy and was asked to end");
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        endpoint.component().forget(cameraId());
    }
}
