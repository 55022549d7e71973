package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.NewestFrame;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSource.Warning;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to one camera, decodes into the pool, and connects again whenever the pictures stop. Runs on a thread of its
 * own until it is stopped or a finite source has ended; interrupting the thread ends whatever it waits for.
 *
 * <pre>
 *  ask the port ──► wait for a turn ──► handshake ──► pictures … lost ──► pause, asking the port each second ──┐
 *       ▲                                                                                                       │
 *       └───────────────────────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 */
final class CameraReader implements Runnable {
    /** Opens the source of a camera; replaced in tests. */
    @FunctionalInterface
    interface Opener {
        /** @param connected told once a server has agreed to play */
        VideoSource open(VideoSettings settings, Clock clock, Runnable connected) throws VideoException;
    }

    /** Asks a camera which sound it offers; replaced in tests. */
    @FunctionalInterface
    interface SoundQuestion {
        /** @return short name of its coding; empty if there is none */
        Optional<String> ask(VideoSettings settings) throws VideoException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(CameraReader.class);
    private final CameraSourceSettings settings;
    private final VideoSettings video;
    private final Parts parts;
    private final PictureSlots slots;
    private final StatusReport status;
    private final ReconnectPauses pauses;
    private final SilenceLimit silence;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Comeback comeback;
    private Trouble last = new Trouble(Cause.UNREACHABLE, "");
    private final FrozenPicture frozen;
    private boolean soundKnown;

    /** Why there are no pictures. */
    private record Trouble(Cause cause, String sentence) {}

    /**
     * What a reader works with besides its camera's settings.
     *
     * @param site shared by all cameras
     * @param pools makes a pool of slots of so many bytes; an {@link OutOfMemoryError} is tried again later
     * @param second what is wrong with the camera's other streams
     */
    record Parts(
            Site site,
            IntFunction<FramePool> pools,
            NewestFrame newest,
            CameraFigures figures,
            StatusReport status,
            ReconnectPauses pauses,
            Supplier<Optional<Warning>> second) {}

    /**
     * What all cameras share.
     *
     * @param guard which addresses may be connected to
     * @param sound asked before a connection, where sound is required
     */
    record Site(Opener opener, Clock clock, HandshakeTurns turns, AddressGuard guard, SoundQuestion sound) {}

    CameraReader(CameraSourceSettings settings, Parts parts) {
        this.settings = settings;
        this.video = settings.video();
        this.parts = parts;
        this.slots = new PictureSlots(settings.id(), parts.pools(), parts.figures());
        this.status = parts.status();
        this.pauses = parts.pauses();
        this.silence = new SilenceLimit(settings.expectations().silenceLimit());
        this.frozen = new FrozenPicture(settings.expectations().frozenLimit());
        this.comeback = new Comeback(video, stopping, parts.site().guard());
    }

    void stop() {
        stopping.countDown();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public void run() {
        parts.figures().forgetSound(); // another address may be another camera
        boolean goOn = true;
        while (goOn && !isStopping()) {
            long started = System.nanoTime();
            Optional<Trouble> trouble = tried();
            goOn = trouble.isPresent() && waited(trouble.get(), started);
        }
    }

    /** @return why the pictures have ended; empty if no more are wanted or will come */
    private Optional<Trouble> tried() {
        try {
            readOneConnection();
            return Optional.empty();
        } catch (EndOfVideoException e) {
            status.report(new CameraStatus(State.DISABLED, e.reason().name(), e.getMessage()));
            return Optional.empty();
        } catch (VideoException e) {
            return Optional.of(new Trouble(e.reason(), e.getMessage()));
        } catch (InterruptedException e) {
            return Optional.empty();
        } catch (OutOfMemoryError e) { // thrown by a library for memory outside the heap: nothing else is spoilt
            return Optional.of(new Trouble(Cause.NO_MEMORY, slots.outOfMemory("for reading it", e)));
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("cameraId", settings.id()).setCause(e).log("reading failed unexpectedly");
            return Optional.of(
                    new Trouble(Cause.UNREADABLE, "camera " + settings.id() + ": reading failed, see the log"));
        }
    }

    /**
     * Pauses lie between the beginnings of two tries: who has waited in vain for a mute camera has waited. Only logins
     * that were refused are never tried more often than the pause allows.
     */
    private boolean waited(Trouble trouble, long started) {
        last = trouble;
        Duration pause = pauses.next(trouble.cause());
        long now = System.nanoTime();
        long spent = trouble.cause() == Cause.UNAUTHORIZED ? 0 : now - started;
        long wait = Math.max(ReconnectPauses.QUICK.toNanos(), pause.toNanos() - spent);
        if (isStopping()) {
            return false;
        }
        String next =
                wait < TimeUnit.SECONDS.toNanos(1) ? "at once" : "in " + TimeUnit.NANOSECONDS.toSeconds(wait) + " s";
        status.report(
                new CameraStatus(State.OFFLINE, trouble.cause().name(), trouble.sentence() + ", next try " + next));
        return switch (comeback.await(now + wait, probing(trouble.cause()))) {
            case DUE -> true;
            case IS_BACK -> {
                pauses.reset();
                yield true;
            }
            case STOPPED -> false;
        };
    }

    /** A camera that refuses a login is there; what we lack ourselves does not come back with the camera. */
    private boolean probing(Cause cause) {
        return video.scheme().live() && cause != Cause.UNAUTHORIZED && cause != Cause.NO_MEMORY;
    }

    /** Returns only when stopping. */
    private void readOneConnection() throws VideoException, InterruptedException {
        refuseWhileLoginIs();
        parts.figures().connections.increment();
        refuseUnreachable();
        try (VideoSource source = opened()) {
            soundKnown = false; // of the next connection
            var connection = new CameraConnection(
                    settings,
                    source,
                    new CameraConnection.Parts(
                            slots, parts.newest(), parts.figures(), status, pauses, silence, frozen, parts.second()));
            connection.read(this::isStopping);
        }
    }

    /** Another reader of the same camera was refused: the account is not to be locked. */
    private void refuseWhileLoginIs() throws VideoException {
        if (!pauses.login().left().isZero()) {
            throw new VideoException(
                    Cause.UNAUTHORIZED,
                    "camera " + settings.id() + ": the login was refused a moment ago for another of its streams");
        }
    }

    private void refuseUnreachable() throws VideoException {
        Optional<String> problem = comeback.unreachable(Comeback.PATIENCE);
        if (problem.isPresent()) {
            throw new VideoException(
                    Cause.UNREACHABLE, "camera " + settings.id() + ": " + video.shownAddress() + " " + problem.get());
        }
    }

    private VideoSource opened() throws VideoException, InterruptedException {
        if (!video.scheme().live()) {
            return parts.site().opener().open(video, parts.site().clock(), () -> {});
        }
        try (var turn = parts.site().turns().queue()) {
            int ahead = turn.ahead();
            if (ahead > 0) {
                String code =
                        last.sentence().isEmpty() ? "CONNECTING" : last.cause().name();
                status.report(new CameraStatus(
                        State.OFFLINE,
                        code,
                        "camera " + settings.id() + ": waits for its turn to connect, number " + ahead
                                + " in the queue; at most " + HandshakeTurns.AT_ONCE + " cameras connect at once"));
            }
            turn.await();
            askForSound();
            return parts.site().opener().open(video, parts.site().clock(), turn::close);
        }
    }

    /**
     * Before the pictures, because a camera that allows one connection only would drop them for it; once for each
     * connection, however many tries that takes. What keeps the question from an answer mostly keeps the pictures from
     * coming too, and is the trouble of this try.
     */
    private void askForSound() throws VideoException {
        if (soundKnown || !settings.expectations().requirements().sound()) {
            return;
        }
        parts.figures().offersSound(parts.site().sound().ask(video).orElse(CameraCapabilities.NO_SOUND));
        soundKnown = true;
    }
}
