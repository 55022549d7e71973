package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.sightline.engine.net.RtspRelay;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.VideoException.Cause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a file or an RTSP stream. Whoever closes it only asks; native memory is freed by the closing thread if
 * nobody is inside, else by the reader on its way out.
 */
final class FfmpegPackets implements PacketSource {
    private final VideoSettings settings;
    private final FfmpegInput input;
    private final StreamFormat format;
    private final MediaTimeline timeline;
    private final LiveClock liveClock;
    private final Pace pace;
    private final ReentrantLock inside = new ReentrantLock();
    private @Nullable RtspRelay relay;
    private boolean freed;
    private @Nullable EncodedPacket pending;
    private Duration mediaTime = Duration.ZERO;

    private FfmpegPackets(VideoSettings settings, FfmpegInput input, Clock clock) {
        this.settings = settings;
        this.input = input;
        this.format = input.format();
        this.timeline = new MediaTimeline(input.info().framesPerSecond());
        this.liveClock = new LiveClock(clock);
        this.pace = new Pace(clock, settings.realtime());
    }

    /** Connects. Gives up when the settings' silence limit is over or the calling thread is interrupted. */
    static FfmpegPackets open(VideoSettings settings, String address, Clock clock, Runnable connected)
            throws VideoException {
        long deadline = System.nanoTime() + settings.silenceLimit().toNanos();
        try (var limit = BlockedCalls.limit(deadline, () -> false)) {
            FfmpegInput input = FfmpegInput.openPackets(settings, address, limit, connected);
            try {
                return new FfmpegPackets(settings, input, clock);
            } catch (RuntimeException | Error e) {
                input.close();
                throw e;
            }
        }
    }

    /** As the other, by way of a relay, which is closed with this or if this fails. */
    static FfmpegPackets open(VideoSettings settings, RtspRelay relay, Clock clock, Runnable connected)
            throws VideoException {
        try {
            FfmpegPackets packets = open(settings, relay.address(), clock, connected);
            packets.relay = relay;
            return packets;
        } catch (VideoException e) {
            relay.close();
            throw NetworkErrors.better(settings, relay, e);
        } catch (RuntimeException | Error e) {
            relay.close();
            throw e;
        }
    }

    @Override
    public StreamFormat format() {
        return format;
    }

    @Override
    public boolean next(Duration patience, PacketTap tap) throws VideoException {
        inside.lock();
        try {
            refuseIfClosed();
            EncodedPacket packet = read(System.nanoTime() + patience.toNanos());
            if (packet != null) {
                tap.packet(packet);
            }
            return packet != null;
        } catch (VideoException e) {
            throw NetworkErrors.better(settings, relay, e);
        } finally {
            inside.unlock();
            if (pace.isClosed()) {
                close();
            }
        }
    }

    private @Nullable EncodedPacket read(long deadline) throws VideoException {
        if (pending == null) {
            try (var limit = BlockedCalls.limit(deadline, pace::isClosed)) {
                pending = packet(limit);
            }
        }
        boolean due = pending != null && pace.due(mediaTime, deadline);
        refuseIfClosed();
        EncodedPacket packet = due ? pending : null;
        if (due) {
            pending = null;
        }
        return packet;
    }

    private @Nullable EncodedPacket packet(BlockedCalls.Limit limit) throws VideoException {
        FfmpegInput.Step step = FfmpegInput.Step.NOTHING_YET;
        boolean rewound = false;
        while (step == FfmpegInput.Step.NOTHING_YET && !limit.reached()) {
            step = input.read(limit);
            if (step == FfmpegInput.Step.END) {
                startAgain(rewound);
                rewound = true;
                step = FfmpegInput.Step.NOTHING_YET;
            }
        }
        return step == FfmpegInput.Step.FRAME ? taken(input.packet()) : null;
    }

    private void startAgain(boolean rewound) throws VideoException {
        if (!settings.looping() || rewound) {
            throw new EndOfVideoException(settings.name() + ": " + settings.shownAddress() + " has ended");
        }
        timeline.restart();
        input.rewind();
    }

    private EncodedPacket taken(AVPacket packet) {
        try {
            long stamp = packet.dts() == AV_NOPTS_VALUE ? packet.pts() : packet.dts();
            long nanos = input.nanos(stamp);
            mediaTime = nanos == Long.MIN_VALUE ? timeline.step() : timeline.at(nanos);
            return PacketOffer.encoded(packet, capturedAt(packet, stamp));
        } finally {
            av_packet_unref(packet);
        }
    }

    /** By the order of decoding, and as much later as the picture is shown later than it is decoded. */
    private Instant capturedAt(AVPacket packet, long stamp) {
        Instant arrived = settings.scheme().live() ? liveClock.capturedAt(mediaTime) : pace.capturedAt(mediaTime);
        return packet.pts() == AV_NOPTS_VALUE || packet.pts() <= stamp
                ? arrived
                : arrived.plusNanos(input.nanos(packet.pts()) - input.nanos(stamp));
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
                if (!freed) {
                    freed = true;
                    input.close();
                    if (relay != null) {
                        relay.close();
                    }
                }
            } finally {
                inside.unlock();
            }
        }
    }
}
