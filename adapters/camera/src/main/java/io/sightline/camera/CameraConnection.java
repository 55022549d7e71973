package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.NewestFrame;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From the first picture of one connection to its loss. Runs on the reader's thread. */
final class CameraConnection {
    /** After so long without a picture that can be decoded, the camera is asked anew what it sends. */
    private static final Duration UNDECODABLE_LIMIT = Duration.ofSeconds(10);

    /** So many times the longest gap between two key pictures so far may pass before the next one. */
    private static final int KEY_GAPS = 3;

    private static final long SECOND_LOOK = Duration.ofMillis(100).toNanos();
    private static final long STABLE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long REFRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final CameraSourceSettings settings;
    private final VideoSource source;
    private final Parts parts;
    private final FrameGate gate;
    private final PictureHealth health;
    private final boolean live;
    /** Pictures that somebody brings: each is looked at, however long that takes. */
    private final boolean each;

    private final long openedNanos = System.nanoTime();
    private long pictureNanos = openedNanos;
    private long longestGapNanos;
    private long signNanos = openedNanos;
    private boolean doubting;
    private int starvings;
    private long pictures;
    private long decoded;
    private long arrivedBefore;
    private long brokenBefore;
    private long damagedBefore;
    private long brokenSincePicture;
    private long reportedNanos;
    private @Nullable CameraStatus reported;

    /** What outlives a connection. */
    record Parts(
            PictureSlots slots,
            NewestFrame newest,
            CameraFigures figures,
            StatusReport status,
            ReconnectPauses pauses,
            SilenceLimit silence,
            FrozenPicture frozen,
            Supplier<Optional<VideoSource.Warning>> second) {}

    CameraConnection(CameraSourceSettings settings, VideoSource source, Parts parts) {
        this.settings = settings;
        this.source = source;
        this.parts = parts;
        this.gate = new FrameGate(settings.maxFramesPerSecond());
        this.health = new PictureHealth(settings.id(), settings.expectations().requirements(), parts.frozen());
        this.live = settings.video().scheme().live();
        this.each = settings.video().scheme().everyPicture();
        parts.silence().connected();
    }

    /**
     * Reads until it is to stop or the thread is interrupted.
     *
     * @throws VideoException when the pictures end
     */
    void read(BooleanSupplier stopping) throws VideoException {
        if (each) {
            reportHealth(System.nanoTime()); // all is well also while nobody brings one
        }
        while (!stopping.getAsBoolean()) {
            Duration limit = parts.silence().now();
            Optional<VideoSource.Picture> next = source.next(patience(limit));
            countBroken();
            countArrived(next.isPresent());
            if (next.isPresent()) {
                use(next.get());
            } else if (Thread.currentThread().isInterrupted()) {
                return;
            } else if (each) {
                parts.status().quiet();
            } else if (live) {
                nothingCame(limit);
            }
        }
    }

    /**
     * Counted from the last sign of life, so that silence is noticed when it has lasted for the limit and no later. The
     * last part of it is a look of its own: where this thread itself was kept from running, what has come meanwhile is
     * found then, and the camera is not to blame.
     */
    private Duration patience(Duration limit) {
        if (!live) {
            return limit;
        }
        long left = limit.toNanos() - (System.nanoTime() - signNanos);
        return Duration.ofNanos(Math.max(1_000_000, doubting ? Math.max(left, SECOND_LOOK) : left - SECOND_LOOK));
    }

    private void nothingCame(Duration limit) throws VideoException {
        long packetNanos = source.lastPacketNanos().orElse(signNanos);
        long now = System.nanoTime();
        if (alive(packetNanos)) {
            if (!onlyKeys() || now - pictureNanos >= keyLimit().toNanos()) {
                starving(Duration.ofNanos(now - pictureNanos));
            }
            return;
        }
        long silent = now - signNanos;
        if (doubting && silent >= limit.toNanos()) {
            throw problem(Cause.SILENT, "no picture from " + shown() + " for " + limit.toMillis() + " ms");
        }
        doubting = silent >= limit.toNanos() - SECOND_LOOK;
    }

    /** @return whether something has come since the last time */
    private boolean alive(long nanos) {
        boolean news = nanos - signNanos > 0;
        if (news) {
            signNanos = nanos;
            doubting = false;
        }
        return news;
    }

    /** Key pictures may lie far apart; between them packets tell that the camera is there. */
    private boolean onlyKeys() {
        return settings.video().decode().frames() == VideoSettings.Frames.KEY;
    }

    /** How long packets alone are enough where only key pictures are wanted; at least as long as a new try would take. */
    private Duration keyLimit() {
        Duration usual = Duration.ofNanos(longestGapNanos).multipliedBy(KEY_GAPS);
        Duration least = settings.expectations().connectLimit();
        return usual.compareTo(least) > 0 ? usual : least;
    }

    /** Packets arrive, but no picture comes out of them. */
    private void starving(Duration without) throws VideoException {
        if (brokenSincePicture > 0 && without.compareTo(UNDECODABLE_LIMIT) >= 0) {
            throw problem(
                    Cause.UNREADABLE,
                    shown() + " sends packets, but none could be decoded for " + without.toSeconds() + " s");
        }
        String sentence =
                shown() + " sends packets, but no key frame for " + Math.round(without.toMillis() / 1000.0) + " s";
        if (without.compareTo(settings.expectations().connectLimit()) >= 0) {
            throw problem(Cause.NO_KEY_FRAME, sentence);
        }
        if (++starvings < 2) { // one packet may only have come in the last moment
            return;
        }
        tell(new CameraStatus(
                State.OFFLINE,
                Cause.NO_KEY_FRAME.name(),
                "camera " + settings.id() + ": " + sentence + ", waits for one"));
    }

    private VideoException problem(Cause cause, String sentence) {
        return new VideoException(cause, "camera " + settings.id() + ": " + sentence);
    }

    private String shown() {
        return settings.video().shownAddress();
    }

    private void countBroken() {
        long broken = source.broken() - brokenBefore;
        long damaged = source.damaged() - damagedBefore;
        brokenBefore += broken;
        damagedBefore += damaged;
        brokenSincePicture += broken;
        parts.figures().broken.add(broken);
        health.broken(broken + damaged);
    }

    /** Whether they are decoded or not: what is left out on purpose, and what is broken, has arrived as well. */
    private void countArrived(boolean picture) {
        decoded += picture ? 1 : 0;
        long packets = source.packets();
        long arrived = packets > 0 ? packets : decoded + brokenBefore;
        long news = arrived - arrivedBefore;
        if (news > 0) {
            arrivedBefore = arrived;
            long nanos = source.lastPacketNanos().orElseGet(System::nanoTime);
            parts.silence().arrived(news, nanos);
            parts.figures().arrived(news, nanos);
            health.arrived(news, nanos);
        }
    }

    private void use(VideoSource.Picture picture) throws VideoException {
        long now = System.nanoTime();
        longestGapNanos = pictures == 0 ? 0 : Math.max(longestGapNanos, now - pictureNanos);
        pictureNanos = now;
        alive(source.lastPacketNanos().orElse(now));
        brokenSincePicture = 0;
        starvings = 0;
        parts.figures().picture(picture.capturedAt(), now);
        health.good();
        if (gate.wants(picture.mediaTime())) {
            pass(picture, now);
        } else {
            parts.figures().skipped.increment();
        }
        reportHealth(now);
    }

    private void reportHealth(long now) {
        if (pictures++ == 0) {
            parts.pauses().delivered();
        } else if (now - openedNanos > STABLE_NANOS) {
            parts.pauses().reset();
        }
        CameraCapabilities offered = offered();
        parts.figures().offers(offered);
        tell(withWarnings(health.status(offered)));
    }

    /** What was asked for and is not so matters where nothing worse does. */
    private CameraStatus withWarnings(CameraStatus status) {
        if (status.state() != State.ONLINE) {
            return status;
        }
        Optional<CameraStatus> warned = source.warning()
                .or(parts.second())
                .map(warning -> new CameraStatus(
                        State.DEGRADED, warning.code(), "camera " + settings.id() + ": " + warning.sentence()));
        return warned.orElseGet(() -> settings.video().unverified() ? CameraStatus.unverified(settings.id()) : status);
    }

    private CameraCapabilities offered() {
        StreamInfo stream = source.stream();
        CameraCapabilities before = parts.figures().capabilities().orElse(null);
        Optional<String> sound = source.sound().or(parts.figures()::sound);
        if (before != null
                && pictures > 1
                && before.width() == stream.width()
                && before.height() == stream.height()
                && before.sound().equals(sound)) {
            return before;
        }
        return new CameraCapabilities(
                stream.codec(), source.profile(), stream.width(), stream.height(), stream.framesPerSecond(), sound);
    }

    /** Each change at once; how a trouble goes on, from time to time. */
    private void tell(CameraStatus current) {
        boolean news = !current.sameAs(reported);
        long now = System.nanoTime();
        if (news || current.code() != null && now - reportedNanos > REFRESH_NANOS) {
            reported = current;
            reportedNanos = now;
            parts.status().report(current);
        }
    }

    private void pass(VideoSource.Picture picture, long now) throws VideoException {
        if (each) {
            passInTurn(picture, now);
            return;
        }
        Optional<FramePool.Slot> free = parts.slots().lease(picture.width(), picture.height());
        if (free.isEmpty()) {
            parts.figures().exhausted.increment();
            return;
        }
        parts.newest().put(filled(free.get(), picture, now));
    }

    /** Waits for a slot and for the pipeline. Whoever interrupts that stops the reader: the picture comes again then. */
    private void passInTurn(VideoSource.Picture picture, long now) throws VideoException {
        try {
            FramePool.Slot slot = parts.slots().await(picture.width(), picture.height());
            parts.newest().put(filled(slot, picture, now));
            parts.newest().awaitTaken();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Frame filled(FramePool.Slot slot, VideoSource.Picture picture, long now) {
        try {
            picture.copyTo(slot.memory());
            if (live) {
                health.seen(slot.memory(), picture.width(), picture.height(), now);
            }
            return slot.publish(new FrameInfo(
                    settings.id(),
                    parts.figures().sequence.incrementAndGet(),
                    picture.capturedAt(),
                    picture.width(),
                    picture.height()));
        } catch (RuntimeException | Error e) {
            slot.abandon();
            throw e;
        }
    }
}
