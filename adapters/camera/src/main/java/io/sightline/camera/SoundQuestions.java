package io.sightline.camera;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSources;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks cameras which sound they offer, one at a time, beside the reading of their pictures. Any thread. */
final class SoundQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(SoundQuestions.class);

    private final Executor executor;
    private final AddressGuard guard;

    /** @param executor where a question may wait for its camera; its maker ends it */
    SoundQuestions(Executor executor, AddressGuard guard) {
        this.executor = executor;
        this.guard = guard;
    }

    /**
     * @param answer is given the coding's name, or {@link CameraCapabilities#NO_SOUND}, on the executor's thread; nothing
     *     where the camera cannot be asked
     */
    void ask(VideoSettings video, Consumer<String> answer) {
        try {
            executor.execute(() -> asked(video, answer));
        } catch (RejectedExecutionException e) {
            LOG.atDebug().addKeyValue("camera", video.name()).log("too late to ask for its sound");
        }
    }

    private void asked(VideoSettings video, Consumer<String> answer) {
        try {
            answer.accept(VideoSources.sound(video, guard).orElse(CameraCapabilities.NO_SOUND));
        } catch (VideoException | RuntimeException e) {
            LOG.atDebug()
                    .addKeyValue("camera", video.name())
                    .addKeyValue("reason", e.getMessage())
                    .log("it cannot be asked for its sound");
        }
    }
}
