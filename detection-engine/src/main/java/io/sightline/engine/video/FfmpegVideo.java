package io.sightline.engine.video;

import io.sightline.engine.packets.PacketTap;
import io.sightline.engine.video.VideoException.Cause;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A file or an RTSP stream. Whoever closes it only asks; native memory is freed by the closing thread if nobody is
 * inside, else by the reader on its way out.
 */
final class FfmpegVideo implements VideoSource {
    private final VideoSettings settings;
    private final FfmpegInput input;
    private final StreamInfo info;
    private final I420Copy copy = new I420Copy();
    private final Clock clock;
    private final MediaTimeline timeline;
    private final LiveClock liveClock;
    private final Pace pace;
    private final Decoded picture = new Decoded();

    private final ReentrantLock inside = new ReentrantLock();
    private boolean freed;
    private boolean pending;
    private long framesThisRound;

    private FfmpegVideo(VideoSettings settings, FfmpegInput input, Clock clock) {
        this.settings = settings;
        this.input = input;
        this.info = input.info();
        this.clock = clock;
        this.timeline = new MediaTimeline(info.framesPerSecond());
        this.liveClock = new LiveClock(clock);
        this.pace = new Pace(clock, settings.realtime());
    }

    /** Connects. Gives up when the settings' silence limit is over or the calling thread is interrupted. */
    static FfmpegVideo open(VideoSettings settings, String address, Clock clock) throws VideoException {
        long deadline = System.nanoTime() + settings.silenceLimit().toNanos();
        try (var limit = BlockedCalls.limit(deadline, () -> false)) {
            return new FfmpegVideo(settings, FfmpegInput.open(settings, address, limit), clock);
        }
    }

    @Override
    public StreamInfo stream() {
        return info;
    }

    @Override
    public void offerPackets(PacketTap tap) {
        input.offerPackets(tap, clock);
    }

    @Override
    public long broken() {
        return input.broken();
    }

    @Override
    public Optional<Picture> next(Duration patience) throws VideoException {
        inside.lock();
        try {
            refuseIfClosed();
            return read(System.nanoTime() + patience.toNanos());
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
        input.taken(picture.capturedAt());
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
        AVFrame frame = input.frame();
        if (frame.width() != info.width() || frame.height() != info.height()) {
            throw FfmpegErrors.problem(
                    settings,
                    Cause.FORMAT_CHANGED,
                    settings.shownAddress() + ": pictures changed from " + info.width() + "x" + info.height() + " to "
                            + frame.width() + "x" + frame.height());
        }
        framesThisRound++;
        picture.stamp(input.frameNanos());
        return true;
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
