package io.sightline.camera;

import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.NewestFrame;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one camera did since its endpoint was created, across reconnects and restarts of its route. Counters only grow.
 * May be read from any thread.
 */
public final class CameraFigures {
    final LongAdder decoded = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder exhausted = new LongAdder();
    final LongAdder handled = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder connections = new LongAdder();
    /** Lists of a smart camera that came twice or too late, or lost their place in the queue. */
    final LongAdder overtaken = new LongAdder();

    final AtomicLong sequence = new AtomicLong();

    private final RecentRate arrivals = new RecentRate();
    private final RecentRate pictures = new RecentRate();
    private @Nullable Instant lastPicture;
    private @Nullable NewestFrame newest;
    private long replacedBefore;
    private volatile @Nullable FramePool pool;
    private volatile @Nullable CameraCapabilities capabilities;
    private volatile @Nullable String sound;

    /** There is a picture, decoded. */
    synchronized void picture(Instant capturedAt, long nanos) {
        decoded.increment();
        lastPicture = capturedAt;
        pictures.came(1, nanos);
    }

    /** As {@link RecentRate#came}, of pictures that have arrived, decoded or not. */
    void arrived(long count, long nanos) {
        arrivals.came(count, nanos);
    }

    void use(FramePool newPool) {
        pool = newPool;
    }

    void offers(CameraCapabilities newCapabilities) {
        capabilities = newCapabilities;
    }

    /** @param codec {@link CameraCapabilities#NO_SOUND} where there is none */
    void offersSound(String codec) {
        sound = codec;
    }

    void forgetSound() {
        sound = null;
    }

    Optional<String> sound() {
        return Optional.ofNullable(sound);
    }

    /** Lets go of the pool, so that its memory can be had again. */
    void forgetPool() {
        pool = null;
    }

    synchronized void use(NewestFrame newNewest) {
        replacedBefore = framesReplaced() - overtaken.sum();
        newest = newNewest;
    }

    /** Pictures read from the source, whole and broken. */
    public long framesRead() {
        return decoded.sum() + broken.sum();
    }

    /** Pictures that were decoded. */
    public long framesDecoded() {
        return decoded.sum();
    }

    /** Packets and pictures lost because they could not be decoded. */
    public long framesBroken() {
        return broken.sum();
    }

    /** Decoded pictures that nobody asked for, because of {@code maxFramesPerSecond}; no loss. */
    public long framesSkipped() {
        return skipped.sum();
    }

    /** Frames lost because a newer one came before the route was ready. */
    public synchronized long framesReplaced() {
        return replacedBefore + overtaken.sum() + (newest == null ? 0 : newest.replaced());
    }

    /** Frames lost because every slot of the pool was in use. */
    public long framesWithoutSlot() {
        return exhausted.sum();
    }

    /** Frames whose exchange went through the route without an error. */
    public long framesHandled() {
        return handled.sum();
    }

    /** Frames whose exchange ended with an error. */
    public long framesFailed() {
        return failed.sum();
    }

    /** How often the source was opened again after the first time. */
    public long reconnects() {
        return Math.max(0, connections.sum() - 1);
    }

    /** Frames in use now: waiting, in the route, or kept by somebody. */
    public int framesLeased() {
        FramePool current = pool;
        return current == null ? 0 : current.leased();
    }

    /** What the camera said it offers when it was connected last; empty if it never was. */
    public Optional<CameraCapabilities> capabilities() {
        return Optional.ofNullable(capabilities);
    }

    /** Capture time of the newest picture. */
    public synchronized Optional<Instant> lastPictureAt() {
        return Optional.ofNullable(lastPicture);
    }

    /** Pictures decoded per second lately; 0 where none are. */
    public double framesPerSecond() {
        return pictures.perSecond(System.nanoTime());
    }

    /** Pictures per second that arrive, decoded or not; 0 where none do. */
    public double arrivalsPerSecond() {
        return arrivals.perSecond(System.nanoTime());
    }
}
