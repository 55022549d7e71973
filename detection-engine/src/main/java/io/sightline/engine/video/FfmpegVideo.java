package io.sightline.engine.video;

import io.sightline.engine.net.RtspRelay;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.video.VideoException.Cause;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * A file or an RTSP stream. Whoever closes it only asks; native memory is freed by the closing thread if nobody is
 * inside, else by the reader on its way out.
 */
final class FfmpegVideo implements VideoSource {
    private static final Duration KEY_GAP = Duration.ofMinutes(10);

    private static final int SMALLEST_SIDE = 8;

    private final VideoSettings settings;
    private final FfmpegInput input;
    private final I420Copy copy = new I420Copy();
    private final Clock clock;
    private final MediaTimeline timeline;
    private final LiveClock liveClock;
    private final Pace pace;
    private final Optional<String> sound;
    private final Decoded picture = new Decoded();
    private @Nullable RtspRelay relay;
    private @Nullable PacketOffer offer;

    private final ReentrantLock inside = new ReentrantLock();
    private StreamInfo info;
    private boolean freed;
    private boolean pending;
    private long framesThisRound;

    private FfmpegVideo(VideoSettings settings, FfmpegInput input, Clock clock) {
        this.settings = settings;
        this.input = input;
        this.info = input.info();
        this.clock = clock;
        this.sound = input.sound();
        this.timeline = new MediaTimeline(info.framesPerSecond(), longestGap(settings.decode()));
        this.liveClock = new LiveClock(clock);
        this.pace = new Pace(clock, settings.realtime() && !settings.scheme().live());
    }

    /** Key pictures alone may lie far apart. */
    private static Duration longestGap(VideoSettings.Decode decode) {
        return decode.frames() == VideoSettings.Frames.KEY ? KEY_GAP : MediaTimeline.LONGEST_GAP;
    }

    /**
     * Connects. Gives up when the settings' silence limit is over or the calling thread is interrupted.
     *
     * @param connected told once the server has agreed to play, before the first picture is there
     */
    static FfmpegVideo open(VideoSettings settings, String address, Clock clock, Runnable connected)
            throws VideoException {
        long deadline = System.nanoTime() + settings.silenceLimit().toNanos();
        try (var limit = BlockedCalls.limit(deadline, () -> false)) {
            FfmpegInput input = FfmpegInput.open(settings, address, limit, connected);
            try {
                var video = new FfmpegVideo(settings, input, clock);
                video.awaitSize(limit);
                return video;
            } catch (VideoException | RuntimeException | Error e) {
                input.close();
                throw e;
            }
        }
    }

    /** As the other, by way of a relay, which is closed with this or if this fails. */
    static FfmpegVideo open(VideoSettings settings, RtspRelay relay, Clock clock, Runnable connected)
            throws VideoException {
        try {
            FfmpegVideo video = open(settings, relay.address(), clock, connected);
            video.relay = relay;
            return video;
        } catch (VideoException e) {
            relay.close();
            throw NetworkErrors.better(settings, relay, e);
        } catch (RuntimeException | Error e) {
            relay.close();
            throw e;
        }
    }

    /** Who joins a stream between two key frames may know its size with the next one only. */
    private void awaitSize(BlockedCalls.Limit limit) throws VideoException {
        if (info.width() > 0 && info.height() > 0) {
            return;
        }
        pending = decode(limit);
        if (!pending) {
            throw noPicture();
        }
        info = input.info().withSize(info.width(), info.height());
    }

    private VideoException noPicture() {
        String shown = settings.shownAddress();
        if (Thread.currentThread().isInterrupted()) {
            return FfmpegErrors.problem(settings, Cause.LOST, shown + ": opening was interrupted");
        }
        String time = " for " + settings.silenceLimit().toMillis() + " ms";
        if (input.lastPacketNanos().isEmpty()) {
            return FfmpegErrors.problem(settings, Cause.SILENT, shown + ": connected, but nothing came" + time);
        } else if (input.broken() > 0) {
            return FfmpegErrors.problem(
                    settings, Cause.UNREADABLE, shown + ": connected, but no picture could be decoded" + time);
        }
        return FfmpegErrors.problem(settings, Cause.NO_KEY_FRAME, shown + ": connected, but no key frame came" + time);
    }

    @Override
    public StreamInfo stream() {
        return info;
    }

    @Override
    public void offerPackets(PacketTap tap) {
        PacketOffer made = new PacketOffer(tap, clock, input.format());
        input.offerTo(made);
        offer = made;
    }

    @Override
    public long broken() {
        return input.broken();
    }

    @Override
    public long packets() {
        return input.packets();
    }

    @Override
    public Optional<Warning> warning() {
        return input.warning();
    }

    @Override
    public long damaged() {
        return input.damaged();
    }

    @Override
    public OptionalLong lastPacketNanos() {
        return input.lastPacketNanos();
    }

    @Override
    public Optional<String> profile() {
        return input.profile();
    }

    @Override
    public Optional<String> sound() {
        return sound;
    }

    @Override
    public Optional<Picture> next(Duration patience) throws VideoException {
        inside.lock();
        try {
            refuseIfClosed();
            return read(System.nanoTime() + patience.toNanos());
        } catch (VideoException e) {
            throw NetworkErrors.better(settings, relay, e);
        } finally {
            inside.unlock();
            if (pace.isClosed()) {
                close();
            }
        }
    }

    private Optional<Picture> read(long deadline) throws VideoException {
        if (!pending) {
            try (var limit = BlockedCalls.limit(deadline, pace::isClosed)) {
                pending = decode(limit);
            }
        }
        boolean due = pending && pace.due(picture.mediaTime, deadline);
        refuseIfClosed();
        if (!due) {
            return Optional.empty();
        }
        pending = false;
        if (offer != null) {
            offer.taken(input.frameNanos(), picture.capturedAt());
        }
        return Optional.of(picture);
    }

    private boolean decode(BlockedCalls.Limit limit) throws VideoException {
        FfmpegInput.Step step = input.decode(limit);
        while (step == FfmpegInput.Step.END) {
            startAgain();
            step = input.decode(limit);
        }
        if (step == FfmpegInput.Step.NOTHING_YET) {
            return false;
        }
        followSize(input.frame());
        framesThisRound++;
        picture.stamp(input.frameNanos());
        return true;
    }

    private void followSize(AVFrame frame) throws VideoException {
        int width = frame.width();
        int height = frame.height();
        if (width < SMALLEST_SIDE || height < SMALLEST_SIDE) {
            throw FfmpegErrors.problem(
                    settings,
                    Cause.UNREADABLE,
                    settings.shownAddress() + ": got pictures of " + width + "x" + height + ", allowed are at least "
                            + SMALLEST_SIDE + "x" + SMALLEST_SIDE + " pixels");
        }
        if (width != info.width() || height != info.height()) {
            info = info.withSize(width, height);
        }
    }

    private void startAgain() throws VideoException {
        if (framesThisRound == 0) {
            throw FfmpegErrors.problem(
                    settings,
                    Cause.UNREADABLE,
                    settings.shownAddress() + ": not one picture could be decoded (" + input.broken() + " broken)");
        }
        if (!settings.looping()) {
            throw new EndOfVideoException(settings.name() + ": " + settings.shownAddress() + " has ended");
        }
        framesThisRound = 0;
        timeline.restart();
        input.rewind();
    }

    private void refuseIfClosed() throws VideoException {
        if (pace.isClosed()) {
            throw FfmpegErrors.problem(settings, Cause.LOST, settings.shownAddress() + " was closed");
        }
    }

    @Override
    public void close() {
        pace.close();
        if (inside.tryLock()) {
            try {
                free();
            } finally {
                inside.unlock();
            }
        }
    }

    private void free() {
        if (!freed) {
            freed = true;
            copy.close();
            input.close();
            if (relay != null) {
                relay.close();
            }
        }
    }

    private final class Decoded implements Picture {
        private Duration mediaTime = Duration.ZERO;
        private Instant capturedAt = Instant.EPOCH;

        void stamp(long streamNanos) {
            mediaTime = streamNanos == Long.MIN_VALUE ? timeline.step() : timeline.at(streamNanos);
            if (settings.scheme().live()) {
                capturedAt = liveClock.capturedAt(mediaTime);
            }
        }

        @Override
        public Instant capturedAt() {
            return settings.scheme().live() ? capturedAt : pace.capturedAt(mediaTime);
        }

        @Override
        public Duration mediaTime() {
            return mediaTime;
        }

        @Override
        public int width() {
            return info.width();
        }

        @Override
        public int height() {
            return info.height();
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            inside.lock();
            try {
                if (freed || pace.isClosed()) {
                    throw new IllegalStateException(settings.name() + ": the source of this picture was closed");
                }
                copy.copy(input.frame(), i420);
            } finally {
                inside.unlock();
                if (pace.isClosed()) {
                    close();
                }
            }
        }
    }
}
