package io.sightline.processors.live;

import io.sightline.engine.track.Track;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.Overlay;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The live view of one camera. One thread shows, any number watch. */
public final class LiveView {
    private final FrameEncoder encoder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int viewers;
    private boolean closed;
    private long number;
    private List<Track> tracks = List.of();
    private @Nullable LivePicture newest;

    LiveView(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    /** Begins to watch; pictures are made from the next frame on, until the last viewer is closed. */
    public Viewer watch() {
        lock.lock();
        try {
            if (viewers++ == 0) {
                newest = null; // would be of some time ago
            }
        } finally {
            lock.unlock();
        }
        return new Viewer();
    }

    /** Who was seen in the newest frame. */
    public List<Track> tracks() {
        lock.lock();
        try {
            return tracks;
        } finally {
            lock.unlock();
        }
    }

    /** How many watch now. */
    public int viewers() {
        lock.lock();
        try {
            return viewers;
        } finally {
            lock.unlock();
        }
    }

    /** Shows a frame; it stays the caller's. Encodes it only if somebody watches. */
    public void show(Frame frame, List<Track> active) {
        var seen = active.stream().filter(Track::seen).toList();
        if (!remember(seen)) {
            return;
        }
        byte[] jpeg = encoder.encode(frame, seen.stream().map(LiveView::overlay).toList());
        lock.lock();
        try {
            newest = new LivePicture(++number, frame.info(), seen, jpeg);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            newest = null;
            tracks = List.of();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether anybody watches */
    private boolean remember(List<Track> seen) {
        lock.lock();
        try {
            tracks = seen;
            return viewers > 0 && !closed;
        } finally {
            lock.unlock();
        }
    }

    private static Overlay overlay(Track track) {
        String text = String.format(Locale.ROOT, "%s %d %.0f%%", track.label(), track.id(), track.confidence() * 100);
        return new Overlay(track.box(), text);
    }

    /** One who watches; closing it may be repeated. */
    public final class Viewer implements AutoCloseable {
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Viewer() {}

        /**
         * Waits for a picture newer than the last one that the caller has.
         *
         * @param after its number, 0 for any
         * @return the newest picture, or empty if none came in time or the camera was removed
         */
        public Optional<LivePicture> await(long after, Duration patience) throws InterruptedException {
            long nanos = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (!closed && (newest == null || newest.number() <= after) && nanos > 0) {
                    nanos = changed.awaitNanos(nanos);
                }
                return Optional.ofNullable(newest).filter(picture -> picture.number() > after);
            } finally {
                lock.unlock();
            }
        }

        /** Whether the camera was removed: no more pictures will come. */
        public boolean isOver() {
            lock.lock();
            try {
                return closed;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                lock.lock();
                try {
                    viewers--;
                } finally {
                    lock.unlock();
                }
            }
        }
    }
}
