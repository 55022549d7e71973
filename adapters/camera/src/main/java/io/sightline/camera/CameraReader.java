package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.NewestFrame;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to one camera, decodes into the pool, and connects again whenever the pictures stop. Runs on a thread of its
 * own until it is stopped or a finite source has ended; interrupting the thread ends whatever it waits for.
 */
final class CameraReader implements Runnable {
    /** Opens the source of a camera; replaced in tests. */
    @FunctionalInterface
    interface Opener {
        VideoSource open(VideoSettings settings, Clock clock) throws VideoException;
    }

    /** One being filled, one waiting, one in the route, and three that viewers or snapshots may hold. */
    static final int SLOTS = 6;

    private static final Logger LOG = LoggerFactory.getLogger(CameraReader.class);
    private static final Duration LOOK_UP = Duration.ofMillis(500);
    private static final Duration STABLE_AFTER = Duration.ofSeconds(5);

    private final CameraSourceSettings settings;
    private final VideoSettings video;
    private final Opener opener;
    private final IntFunction<FramePool> pools;
    private final Clock clock;
    private final NewestFrame newest;
    private final CameraFigures figures;
    private final StatusReport status;
    private final ReconnectPauses pauses;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable FramePool pool;

    /**
     * What a reader works with besides its camera's settings.
     *
     * @param pools makes a pool of slots of so many bytes; an {@link OutOfMemoryError} is tried again later
     */
    record Parts(
            Opener opener,
            IntFunction<FramePool> pools,
            Clock clock,
            NewestFrame newest,
            CameraFigures figures,
            StatusReport status,
            ReconnectPauses pauses) {}

    CameraReader(CameraSourceSettings settings, Parts parts) {
        this.settings = settings;
        this.video = settings.video();
        this.opener = parts.opener();
        this.pools = parts.pools();
        this.clock = parts.clock();
        this.newest = parts.newest();
        this.figures = parts.figures();
        this.status = parts.status();
        this.pauses = parts.pauses();
    }

    static FramePool newPool(int bytesPerSlot) {
        return new FramePool(SLOTS, bytesPerSlot);
    }

    void stop() {
        stopping.countDown();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public void run() {
        while (!isStopping()) {
            Duration pause;
            try {
                readOneConnection();
                return;
            } catch (EndOfVideoException e) {
                status.report(new CameraStatus(State.DISABLED, e.reason().name(), e.getMessage()));
                return;
            } catch (VideoException e) {
                pause = failed(e.reason(), e.getMessage());
            } catch (OutOfMemoryError e) { // thrown by a library for memory outside the heap: nothing else is spoilt
                pause = failed(Cause.NO_MEMORY, outOfMemory("for reading it", e));
            } catch (RuntimeException | Error e) {
                LOG.atError().addKeyValue("cameraId", settings.id()).setCause(e).log("reading failed unexpectedly");
                pause = failed(Cause.UNREADABLE, "camera " + settings.id() + ": reading failed, see the log");
            }
            if (!waited(pause)) {
                return;
            }
        }
    }

    private String outOfMemory(String what, OutOfMemoryError e) {
        return "camera " + settings.id() + ": no memory " + what + " (" + e.getMessage()
                + "); take a smaller stream, fewer cameras, or a larger limit, for example"
                + " SIGHTLINE_JAVA_OPTS=-XX:MaxDirectMemorySize=2g";
    }

    private Duration failed(Cause cause, String sentence) {
        Duration pause = pauses.next(cause);
        if (!isStopping()) {
            String next = pause.toMillis() < 1000 ? "at once" : "in " + pause.toSeconds() + " s";
            status.report(new CameraStatus(State.OFFLINE, cause.name(), sentence + ", next try " + next));
        }
        return pause;
    }

    private boolean waited(Duration pause) {
        try {
            boolean stopped = false;
            boolean away = VideoSources.unreachable(video).isPresent();
            long end = System.nanoTime() + pause.toNanos();
            while (!stopped && System.nanoTime() < end && away == isAway(away)) {
                long left = Math.max(1, end - System.nanoTime());
                stopped = stopping.await(away ? Math.min(left, LOOK_UP.toNanos()) : left, TimeUnit.NANOSECONDS);
            }
            return !stopped;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Who was away is looked for; who was there is only tried again. */
    private boolean isAway(boolean away) {
        return away && VideoSources.unreachable(video).isPresent();
    }

    /** Returns only when stopping. */
    private void readOneConnection() throws VideoException {
        figures.connections.increment();
        try (VideoSource source = opener.open(video, clock)) {
            new Connection(source).read();
        }
    }

    /** Lets go of the pool before where the size has changed, so that both need not fit at once. */
    private FramePool poolFor(int width, int height) throws VideoException {
        int bytes = FrameInfo.bytes(width, height);
        FramePool current = pool;
        if (current == null || !fits(current, bytes)) {
            pool = null;
            figures.forgetPool();
            current = madePool(width, height, bytes);
            pool = current;
            figures.use(current);
        }
        return current;
    }

    /** Pictures that each have a size of their own share slots of the largest. */
    private boolean fits(FramePool made, int bytes) {
        return video.scheme().everyPicture() ? made.bytesPerSlot() >= bytes : made.bytesPerSlot() == bytes;
    }

    private FramePool madePool(int width, int height, int bytes) throws VideoException {
        try {
            return pools.apply(bytes);
        } catch (OutOfMemoryError e) {
            long kibibytes = (long) SLOTS * bytes / 1024;
            String wanted = "for " + SLOTS + " pictures of " + width + "x" + height + ", " + kibibytes
                    + " KiB outside the heap";
            throw new VideoException(Cause.NO_MEMORY, outOfMemory(wanted, e));
        }
    }

    /** From the first picture to the loss of the connection. */
    private final class Connection {
        private final VideoSource source;
        private FramePool slots;
        private final FrameGate gate = new FrameGate(settings.maxFramesPerSecond());
        private final PictureHealth health = new PictureHealth();
        private long brokenBefore;
        private long firstPictureNanos;
        private @Nullable CameraStatus reported;

        private Connection(VideoSource source) throws VideoException {
            this.source = source;
            StreamInfo stream = source.stream();
            this.slots = poolFor(stream.width(), stream.height());
        }

        private void read() throws VideoException {
            if (video.scheme().everyPicture()) {
                reportHealth(System.nanoTime()); // all is well also while nobody brings one
            }
            while (!isStopping()) {
                Optional<VideoSource.Picture> next = source.next(settings.silenceLimit());
                countBroken();
                if (next.isPresent()) {
                    use(next.get());
                } else if (Thread.currentThread().isInterrupted()) {
                    return;
                } else if (video.scheme().everyPicture()) {
                    status.quiet();
                } else if (video.scheme().live()) {
                    throw new VideoException(
                            Cause.SILENT,
                            "camera " + settings.id() + ": no picture from " + video.shownAddress() + " for "
                                    + settings.silenceLimit().toMillis() + " ms");
                }
            }
        }

        private void countBroken() {
            long broken = source.broken();
            figures.broken.add(broken - brokenBefore);
            health.broken(broken - brokenBefore);
            brokenBefore = broken;
        }

        private void use(VideoSource.Picture picture) throws VideoException {
            long now = System.nanoTime();
            figures.pictureArrived(picture.capturedAt(), now);
            health.good();
            if (gate.wants(picture.mediaTime())) {
                pass(picture);
            } else {
                figures.skipped.increment();
            }
            reportHealth(now);
        }

        private void reportHealth(long now) {
            if (firstPictureNanos == 0) {
                firstPictureNanos = now;
            } else if (now - firstPictureNanos > STABLE_AFTER.toNanos()) {
                pauses.reset();
            }
            CameraStatus current = health.status(settings.id());
            if (!current.sameAs(reported)) {
                reported = current;
                status.report(current);
            }
        }

        private void pass(VideoSource.Picture picture) throws VideoException {
            boolean each = video.scheme().everyPicture();
            slots = each ? poolFor(picture.width(), picture.height()) : slots;
            Optional<FramePool.Slot> free = slots.lease();
            if (free.isEmpty()) {
                figures.exhausted.increment();
                return;
            }
            newest.put(filled(free.get(), picture));
            if (each) {
                awaitTaken();
            }
        }

        private void awaitTaken() {
            try {
                newest.awaitTaken();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Frame filled(FramePool.Slot slot, VideoSource.Picture picture) {
            try {
                picture.copyTo(slot.memory());
                return slot.publish(new FrameInfo(
                        settings.id(),
                        figures.sequence.incrementAndGet(),
                        picture.capturedAt(),
                        picture.width(),
                        picture.height()));
            } catch (RuntimeException | Error e) {
                slot.abandon();
                throw e;
            }
        }
    }
}
