package io.sightline.hub.api;

import io.micrometer.core.instrument.Counter;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.FragmentedMp4;
import io.sightline.engine.packet.RingReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one viewer. Who is more than {@link #MOST_BEHIND} late goes on with the newest key frame; who does so
 * again and again without ever being in time is hopeless. One thread at a time.
 */
final class LiveVideo implements AutoCloseable {
    static final Duration MOST_BEHIND = Duration.ofSeconds(3);
    private static final Duration IN_TIME = Duration.ofMillis(500);
    private static final int MOST_SKIPS = 5;
    private static final int MOST_PACKETS = 32;
    private static final int MOST_BYTES = 256 << 10;

    private final RingReader reader;
    private final FragmentedMp4 mp4;
    private final Counter lost;
    private @Nullable EncodedPacket held;
    private boolean jumped;
    private long lostBefore;
    private int skips;
    private boolean closed;

    LiveVideo(RingReader reader, Counter lost) {
        this.reader = reader;
        this.lost = lost;
        this.mp4 = new FragmentedMp4(reader.format());
    }

    byte[] beginning() {
        return mp4.beginning();
    }

    /** What has come since, as one fragment; null while there is nothing. */
    byte @Nullable [] next() throws IOException {
        keepUp();
        var packets = new ArrayList<EncodedPacket>();
        int bytes = 0;
        boolean after = jumped;
        jumped = false;
        while (packets.size() < MOST_PACKETS && bytes < MOST_BYTES) {
            EncodedPacket packet = held == null ? reader.next().orElse(null) : held;
            held = null;
            boolean gap = reader.hasJumped();
            if (packet == null) {
                break;
            }
            if (gap && !packets.isEmpty()) {
                held = packet;
                jumped = true;
                break;
            }
            after |= gap;
            packets.add(packet);
            bytes += packet.bytes().length;
        }
        count();
        return packets.isEmpty() ? null : mp4.fragment(packets, after);
    }

    private void keepUp() {
        Duration behind = reader.behind();
        long before = reader.lost();
        if (behind.compareTo(MOST_BEHIND) > 0) {
            reader.skip();
        }
        if (reader.lost() > before) {
            held = null; // older than what comes now
            skips++;
        } else if (behind.compareTo(IN_TIME) < 0) {
            skips = 0;
        }
    }

    private void count() {
        lost.increment(reader.lost() - lostBefore);
        lostBefore = reader.lost();
    }

    boolean isOver() {
        return reader.isOver();
    }

    boolean isHopeless() {
        return skips >= MOST_SKIPS;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            mp4.close();
        }
    }
}
