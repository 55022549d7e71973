package io.sightline.processors.live;

import io.sightline.engine.scene.Scene;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.Frame;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The live view of one camera. One thread shows, any number watch. */
public final class LiveView {
    private final FrameEncoder encoder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Set<Layer>, Showing> showings = new HashMap<>();
    private boolean closed;
    private long number;
    private List<Track> tracks = List.of();

    LiveView(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    /** As {@link #watch(Set)}, with everything drawn. */
    public Viewer watch() {
        return watch(EnumSet.allOf(Layer.class));
    }

    /**
     * Begins to watch; gets pictures from the next frame on, also where others watch already.
     *
     * @param layers what is drawn into the pictures; those with the same layers are made once for all viewers
     */
    public Viewer watch(Set<Layer> layers) {
        lock.lock();
        try {
            var showing = showings.computeIfAbsent(Set.copyOf(layers), wanted -> new Showing());
            showing.viewers++;
            return new Viewer(Set.copyOf(layers), showing, number);
        } finally {
            lock.unlock();
        }
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
            return showings.values().stream()
                    .mapToInt(showing -> showing.viewers)
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was shown: from now on only what comes is. */
    public void clear() {
        lock.lock();
        try {
            showings.values().forEach(showing -> showing.newest = null);
            tracks = List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Shows a frame; it stays the caller's. Encodes it only if somebody watches, once for each choice of layers. */
    public void show(Frame frame, List<Track> active, Scene scene) {
        var seen = active.stream().filter(Track::seen).toList();
        for (Set<Layer> layers : remember(seen)) {
            byte[] jpeg = encoder.encode(frame, Drawings.of(layers, seen, scene));
            lock.lock();
            try {
                var showing = showings.get(layers);
                if (showing != null) {
                    showing.newest = new LivePicture(number, frame.info(), seen, jpeg);
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** A camera without pictures saw something. */
    public void showNothing(List<Track> active) {
        remember(active.stream().filter(Track::seen).toList());
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            showings.values().forEach(showing -> showing.newest = null);
            tracks = List.of();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return which layers anybody watches */
    private Set<Set<Layer>> remember(List<Track> seen) {
        lock.lock();
        try {
            tracks = seen;
            number++;
            return closed ? Set.of() : Set.copyOf(showings.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** The pictures with one choice of layers, while anybody watches them. */
    private static final class Showing {
        private int viewers;
        private @Nullable LivePicture newest;
    }

    /** One who watches; closing it may be repeated. */
    public final class Viewer implements AutoCloseable {
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final Set<Layer> layers;
        private final Showing showing;
        /** The number of the last frame before it began to watch. */
        private final long since;

        private Viewer(Set<Layer> layers, Showing showing, long since) {
            this.layers = layers;
            this.showing = showing;
            this.since = since;
        }

        /**
         * Waits for a picture newer than the last one that the caller has, and than this viewer.
         *
         * @param after its number, 0 for any
         * @return the newest picture, or empty if none came in time or the camera was removed
         */
        public Optional<LivePicture> await(long after, Duration patience) throws InterruptedException {
            long nanos = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (!closed && !isNewer(after) && nanos > 0) {
                    nanos = changed.awaitNanos(nanos);
                }
                return Optional.ofNullable(showing.newest).filter(picture -> isNewer(after));
            } finally {
                lock.unlock();
            }
        }

        private boolean isNewer(long after) {
            return showing.newest != null && showing.newest.number() > Math.max(after, since);
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
                    showing.viewers--;
                    if (showing.viewers == 0) {
                        showings.remove(layers, showing);
                    }
                } finally {
                    lock.unlock();
                }
            }
        }
    }
}
