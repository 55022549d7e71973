package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import io.sightline.camera.objects.ListException;
import io.sightline.camera.objects.ListOrder;
import io.sightline.camera.objects.ObjectList;
import io.sightline.camera.objects.ObjectSource;
import io.sightline.camera.objects.ObjectsAddress;
import io.sightline.camera.objects.SentList;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to one smart camera and hands its lists to the pipeline. Runs on a thread of its own until it is stopped; a queue
 * that is full loses its oldest list, which is counted.
 */
final class ObjectsReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectsReader.class);
    private static final Duration LOOK_UP = Duration.ofMillis(250);

    /** Where the settings leave it open: lists come as often as pictures, and an empty one counts. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration STABLE_AFTER = Duration.ofSeconds(5);

    private final CameraSourceSettings settings;
    private final ObjectsAddress address;
    private final Parts parts;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** What a reader works with besides its camera's settings. */
    record Parts(
            BlockingQueue<ObjectList> queue,
            Clock clock,
            CameraFigures figures,
            StatusReport status,
            ReconnectPauses pauses) {}

    ObjectsReader(CameraSourceSettings settings, Parts parts) {
        this.settings = settings;
        this.address = ObjectsAddress.parse(settings.uri());
        this.parts = parts;
    }

    void stop() {
        stopping.countDown();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public void run() {
        while (!isStopping()) {
            Duration pause;
            try {
                listen();
                return;
            } catch (VideoException e) {
                pause = failed(e.reason(), e.getMessage());
            } catch (RuntimeException | Error e) {
                LOG.atError().addKeyValue("cameraId", settings.id()).setCause(e).log("listening failed unexpectedly");
                pause = failed(Cause.UNREADABLE, "camera " + settings.id() + ": listening failed, see the log");
            }
            if (!waited(pause)) {
                return;
            }
        }
    }

    private Duration failed(Cause cause, String sentence) {
        Duration pause = parts.pauses().next(cause);
        if (!isStopping()) {
            String next = pause.toMillis() < 1000 ? "at once" : "in " + pause.toSeconds() + " s";
            parts.status().report(new CameraStatus(State.OFFLINE, cause.name(), sentence + ", next try " + next));
        }
        return pause;
    }

    private boolean waited(Duration pause) {
        try {
            return !stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Returns only when stopping. */
    private void listen() throws VideoException {
        parts.figures().connections.increment();
        try (ObjectSource source = ObjectSource.open("camera " + settings.id(), address)) {
            new Listening(source).listen();
        }
    }

    /** From the opening of the source to its end. */
    private final class Listening {
        private final ObjectSource source;
        private final ListOrder order = new ListOrder();
        private final FrameGate gate = new FrameGate(settings.maxFramesPerSecond());
        private final long begun = System.nanoTime();
        private final ObjectsHealth health = new ObjectsHealth(
                settings.id(), settings.expectations().silenceLimit().orElse(SILENCE), begun);
        private long droppedBefore;
        private @Nullable CameraStatus reported;

        private Listening(ObjectSource source) {
            this.source = source;
        }

        private void listen() throws VideoException {
            while (!isStopping()) {
                try {
                    source.next(LOOK_UP).ifPresent(this::take);
                } catch (ListException e) {
                    parts.figures().broken.increment();
                    health.refused(e.getMessage());
                }
                countDropped();
                report();
            }
        }

        private void countDropped() {
            long dropped = source.dropped();
            if (dropped > droppedBefore) {
                parts.figures().broken.add(dropped - droppedBefore);
                health.dropped(System.nanoTime());
                droppedBefore = dropped;
            }
        }

        private void report() {
            long now = System.nanoTime();
            if (now - begun > STABLE_AFTER.toNanos()) {
                parts.pauses().reset();
            }
            CameraStatus current = health.status(now);
            if (!health.isWaiting(now) && !current.sameAs(reported)) {
                reported = current;
                parts.status().report(current);
            }
        }

        private void take(SentList list) {
            Instant now = parts.clock().instant();
            long nanos = System.nanoTime();
            health.good(nanos);
            parts.figures().arrived(1, nanos);
            if (!order.isNew(list, now)) {
                parts.figures().overtaken.increment();
                return;
            }
            Instant capturedAt = order.capturedAt(list, now);
            parts.figures().picture(capturedAt, nanos);
            if (gate.wants(Duration.ofNanos(nanos - begun))) {
                pass(list, capturedAt);
            } else {
                parts.figures().skipped.increment();
            }
        }

        private void pass(SentList list, Instant capturedAt) {
            var frame = new FrameInfo(
                    settings.id(), parts.figures().sequence.incrementAndGet(), capturedAt, list.width(), list.height());
            var passed = new ObjectList(frame, list.objects());
            while (!parts.queue().offer(passed)) {
                Optional.ofNullable(parts.queue().poll())
                        .ifPresent(oldest -> parts.figures().overtaken.increment());
            }
        }
    }
}
