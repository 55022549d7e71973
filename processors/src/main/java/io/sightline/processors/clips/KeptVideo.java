package io.sightline.processors.clips;

import io.sightline.engine.packet.PacketRing;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.RingReader;
import io.sightline.engine.packet.StreamFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one camera sends, kept only as long as somebody has a use for it: clips, or somebody who watches. Of a camera whose
 * pictures are covered nothing is kept and nothing given away, because what it sends shows everything. Any thread.
 */
public final class KeptVideo {
    /** By so much an event may come later than the picture that it is about. */
    static final Duration LAG = Duration.ofSeconds(3);

    /** Who only watches is given so much time to take a picture. */
    private static final Duration LIVE = Duration.ofSeconds(2);

    private final PacketRing ring = new PacketRing();
    private Use use;
    private int viewers;
    private boolean kept;
    private boolean ended;

    /**
     * @param covered whether privacy covers something in the camera's pictures
     * @param readable whether its source is one that can send packets at all, for example no drawn scene
     */
    public record Use(ClipSettings clips, boolean covered, boolean readable) {}

    KeptVideo(Use use) {
        use(use);
    }

    /** Takes effect at once: readers of a camera that is now covered come to their end. */
    synchronized void use(Use newUse) {
        use = newUse;
        decide();
    }

    private synchronized void decide() {
        boolean clips = use.clips().enabled();
        boolean wanted = !ended && !use.covered() && (clips || viewers > 0);
        if (wanted) {
            Duration time = clips ? use.clips().before().plus(LAG) : LIVE;
            ring.keep(time, use.clips().memory());
        } else if (kept) {
            ring.stop();
        }
        kept = wanted;
    }

    /** The camera is no longer configured. */
    synchronized void end() {
        ended = true;
        decide();
    }

    PacketTap tap() {
        return ring;
    }

    /** What the camera's packets take now, for metrics. */
    public PacketRing ring() {
        return ring;
    }

    public synchronized ClipSettings clips() {
        return use.clips();
    }

    /** Whether privacy covers something in the camera's pictures. */
    public synchronized boolean isCovered() {
        return use.covered();
    }

    /** From where on a clip can begin; empty if there is nothing to write, or it must not be. */
    synchronized Optional<RingReader> record(Instant from) {
        return use.clips().enabled() && !use.covered() ? ring.read(from) : Optional.empty();
    }

    /** Keeps the newest pictures from now on, until the viewer is closed. */
    public Viewer watch() {
        synchronized (this) {
            viewers++;
        }
        decide();
        return new Viewer();
    }

    /** Why what the camera sends may not be shown, for people; empty if it may. */
    public synchronized Optional<String> refusal() {
        return use.covered()
                ? Optional.of("the camera has privacy, which its own video does not: watch the pictures instead")
                : missing();
    }

    /** Why there is no video of the camera; empty if there is, or may be soon. */
    private Optional<String> missing() {
        if (!use.readable()) {
            return Optional.of("this source has no video of its own: only H.264 and H.265 streams and files do");
        }
        return Optional.empty();
    }

    /** What the camera sends, once it is known. */
    public Optional<StreamFormat> format() {
        return ring.format();
    }

    /** Somebody who watches. */
    public final class Viewer implements AutoCloseable {
        private boolean gone;

        private Viewer() {}

        /** A reader from the newest key frame on; empty while there is none. */
        public Optional<RingReader> read() {
            return refusal().isPresent() ? Optional.empty() : ring.readNewest();
        }

        @Override
        public void close() {
            synchronized (KeptVideo.this) {
                if (gone) {
                    return;
                }
                gone = true;
                viewers--;
            }
            decide();
        }
    }
}
