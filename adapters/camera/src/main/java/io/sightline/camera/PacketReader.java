package io.sightline.camera;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource.Warning;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Connects to another stream of a camera and hands on its packets, without decoding. Connects only while the camera's
 * own pictures come, and at once when they come again, so that a camera that is off or refuses its login is asked by one
 * reader only. Runs on a thread of its own until it is stopped; interrupting the thread ends whatever it waits for.
 *
 * <pre>
 *  own pictures come ──► ask the port ──► wait for a turn ──► handshake ──► packets … lost ──► pause ──┐
 *       ▲                                                                                               │
 *       └───────────────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 */
final class PacketReader implements Runnable {
    /** Opens the packets of a stream; replaced in tests. */
    @FunctionalInterface
    interface Opener {
        /** @param connected told once a server has agreed to play */
        PacketSource open(VideoSettings settings, Clock clock, Runnable connected) throws VideoException;
    }

    /** What is told of a camera whose other stream does not come. */
    static final String CODE = "SECOND_STREAM";

    private static final Logger LOG = LoggerFactory.getLogger(PacketReader.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long STABLE_PACKETS = 100;

    private final VideoSettings video;
    private final SilenceLimit silence;
    private final PacketTap tap;
    private final Parts parts;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Comeback comeback;
    private int comings;
    private boolean asking;
    private volatile Optional<Warning> trouble = Optional.empty();

    /**
     * What a reader works with besides the address.
     *
     * @param turns of all cameras' handshakes
     * @param pauses with the login that all readers of the camera share
     * @param own tells whether the camera's own pictures come
     * @param guard which addresses may be connected to
     */
    record Parts(
            Opener opener,
            Clock clock,
            HandshakeTurns turns,
            ReconnectPauses pauses,
            StatusReport own,
            AddressGuard guard) {}

    /**
     * @param silence how long the stream may send nothing
     * @param taps hear the packets in this order
     */
    PacketReader(VideoSettings video, SilenceLimit silence, List<PacketTap> taps, Parts parts) {
        this.video = video;
        this.silence = silence;
        this.tap = new All(List.copyOf(taps));
        this.parts = parts;
        this.comings = parts.own().comings();
        this.comeback =
                new Comeback(video, stopping, parts.guard(), () -> parts.own().comings() != comings);
    }

    void stop() {
        stopping.countDown();
    }

    /** Why the stream does not come, while it does not. Any thread. */
    Optional<Warning> trouble() {
        return trouble;
    }

    @Override
    public void run() {
        boolean goOn = true;
        while (goOn && stopping.getCount() > 0) {
            goOn = mayConnect() ? tried() : waited(LOOK);
        }
    }

    private boolean mayConnect() {
        return parts.own().isPlaying() && parts.pauses().login().left().isZero();
    }

    /** @return false if it is to stop */
    private boolean tried() {
        if (comings != parts.own().comings()) {
            comings = parts.own().comings();
            parts.pauses().reset();
        }
        long due = System.nanoTime() + afterOneConnection().toNanos();
        return switch (comeback.await(due, asking)) {
            case DUE -> true;
            case IS_BACK -> {
                parts.pauses().reset();
                yield true;
            }
            case STOPPED -> false;
        };
    }

    private Duration afterOneConnection() {
        try {
            readOneConnection();
            stop();
            return Duration.ZERO;
        } catch (EndOfVideoException | InterruptedException e) {
            stop();
            return Duration.ZERO;
        } catch (VideoException e) {
            return failed(e.reason(), e.getMessage());
        } catch (OutOfMemoryError e) { // thrown by a library for memory outside the heap: nothing else is spoilt
            return failed(Cause.NO_MEMORY, video.name() + ": no memory for " + video.shownAddress());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("camera", video.name()).setCause(e).log("reading packets failed unexpectedly");
            return failed(
                    Cause.UNREADABLE, video.name() + ": reading " + video.shownAddress() + " failed, see the log");
        }
    }

    private Duration failed(Cause cause, String sentence) {
        Duration pause = parts.pauses().next(cause);
        asking = video.scheme().live() && cause != Cause.UNAUTHORIZED && cause != Cause.NO_MEMORY;
        if (pause.compareTo(LOOK) < 0) {
            return pause; // quick tries may mend it before anybody needs to know
        }
        boolean first = trouble.isEmpty();
        String why = sentence.startsWith(video.name() + ": ")
                ? sentence.substring(video.name().length() + 2)
                : sentence;
        trouble = Optional.of(new Warning(CODE, "its other stream does not come: " + why));
        LOG.atLevel(first ? Level.WARN : Level.DEBUG)
                .addKeyValue("camera", video.name())
                .addKeyValue("reason", sentence)
                .log("no packets");
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
    private void readOneConnection() throws VideoException, InterruptedException {
        try (PacketSource source = connected()) {
            tap.format(source.format());
            silence.connected();
            long packets = 0;
            while (stopping.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                if (source.next(silence.now(), tap)) {
                    silence.arrived(1, System.nanoTime());
                    packets++;
                    came(packets);
                } else if (video.scheme().live() && !Thread.currentThread().isInterrupted()) {
                    throw problem(
                            Cause.SILENT,
                            "nothing from " + video.shownAddress() + " for "
                                    + silence.now().toMillis() + " ms");
                }
            }
        }
    }

    private PacketSource connected() throws VideoException, InterruptedException {
        Optional<String> problem = comeback.unreachable(Comeback.PATIENCE);
        if (problem.isPresent()) {
            throw problem(Cause.UNREACHABLE, video.shownAddress() + " " + problem.get());
        }
        SharedLogin login = parts.pauses().login();
        login.trying().lockInterruptibly();
        try (var turn = parts.turns().queue()) {
            if (!login.left().isZero()) {
                throw problem(Cause.UNAUTHORIZED, "the login was refused a moment ago");
            }
            turn.await();
            return parts.opener().open(video, parts.clock(), turn::close);
        } finally {
            login.trying().unlock();
        }
    }

    private VideoException problem(Cause cause, String sentence) {
        return new VideoException(cause, video.name() + ": " + sentence);
    }

    private void came(long packets) {
        if (packets == 1 && trouble.isPresent()) {
            LOG.atInfo().addKeyValue("camera", video.name()).log("packets come again");
        }
        if (packets == 1) {
            trouble = Optional.empty();
            parts.pauses().delivered();
        } else if (packets == STABLE_PACKETS) {
            parts.pauses().reset();
        }
    }

    /** One after the other; one that fails takes nothing from the next. */
    private static final class All implements PacketTap {
        private final List<PacketTap> taps;
        private boolean failed;

        private All(List<PacketTap> taps) {
            this.taps = taps;
        }

        @Override
        public void format(StreamFormat format) {
            taps.forEach(one -> one.format(format));
        }

        @Override
        public void packet(EncodedPacket packet) {
            for (PacketTap one : taps) {
                try {
                    one.packet(packet);
                } catch (RuntimeException e) {
                    LOG.atLevel(failed ? Level.DEBUG : Level.WARN).setCause(e).log("a packet was not taken");
                    failed = true;
                }
            }
        }
    }
}
