package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.sightline.engine.packets.PacketTap;
import io.sightline.engine.packets.StreamFormat;
import io.sightline.engine.video.VideoException.Cause;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's demuxer and decoder of one source, and all native memory of the two. One thread at a time; the calls obey
 * the {@link BlockedCalls} limit of the calling thread.
 */
final class FfmpegInput implements AutoCloseable {
    /** What one attempt to decode brought. */
    enum Step {
        FRAME,
        NOTHING_YET,
        END
    }

    private static final long MOST_PIXELS = 64_000_000;
    private static final int MOST_ERRORS_IN_A_ROW = 1000;

    /** Values of POSIX systems, macOS and Windows; the bindings do not carry this one. */
    private static final int[] TIMED_OUT = {-110, -60, -138, -10060};

    static {
        av_log_set_level(AV_LOG_FATAL);
        avformat_network_init();
    }

    private final VideoSettings settings;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private @Nullable AVFormatContext format;
    private @Nullable AVCodecContext decoder;
    private @Nullable PacketFeed feed;
    private int videoStream = -1;
    private int errorsInARow;
    private long broken;

    private FfmpegInput(VideoSettings settings) {
        this.settings = settings;
    }

    /**
     * Connects, and reads as much as is needed to know the stream.
     *
     * @param address what FFmpeg is given; may hold the login
     */
    static FfmpegInput open(VideoSettings settings, String address, BlockedCalls.Limit limit) throws VideoException {
        var input = new FfmpegInput(settings);
        try {
            input.openFormat(address, limit);
            input.openDecoder(limit);
            return input;
        } catch (VideoException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private void openFormat(String address, BlockedCalls.Limit limit) throws VideoException {
        AVFormatContext context = avformat_alloc_context();
        context.interrupt_callback().callback(BlockedCalls.callback());
        format = context;
        boolean live = settings.scheme().live();
        AVInputFormat forced = live ? av_find_input_format("rtsp") : null;
        try (AVDictionary options = new AVDictionary((Pointer) null)) {
            options().forEach((key, value) -> av_dict_set(options, key, value, 0));
            int code = avformat_open_input(context, address, forced, options);
            av_dict_free(options);
            if (code < 0) {
                format = null;
                throw failure(code, limit);
            }
        }
        if (live) {
            context.fps_probe_size(0);
        }
        int code = avformat_find_stream_info(context, (PointerPointer<?>) null);
        if (code < 0 || limit.reached()) {
            throw failure(code, limit);
        }
    }

    private Map<String, String> options() {
        if (!settings.scheme().live()) {
            return Map.of("protocol_whitelist", "file");
        }
        return Map.of(
                "protocol_whitelist",
                "rtsp,rtsps,rtp,srtp,udp,tcp,tls",
                "rtsp_transport",
                settings.transport() == VideoSettings.Transport.TCP ? "tcp" : "udp",
                "allowed_media_types",
                "video",
                "timeout",
                Long.toString(settings.silenceLimit().toNanos() / 1000));
    }

    private VideoException failure(int code, BlockedCalls.Limit limit) {
        if (settings.scheme().live() && (isTimeout(code) || limit.expired())) {
            return FfmpegErrors.problem(
                    settings,
                    Cause.SILENT,
                    settings.shownAddress() + ": no answer for "
                            + settings.silenceLimit().toMillis() + " ms");
        }
        if (limit.reached()) {
            return FfmpegErrors.problem(settings, Cause.LOST, settings.shownAddress() + ": opening was interrupted");
        }
        return FfmpegErrors.opening(settings, code);
    }

    private static boolean isTimeout(int code) {
        for (int value : TIMED_OUT) {
            if (code == value) {
                return true;
            }
        }
        return false;
    }

    private void openDecoder(BlockedCalls.Limit limit) throws VideoException {
        videoStream = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
        if (videoStream < 0) {
            throw FfmpegErrors.problem(
                    settings, Cause.NO_VIDEO, settings.shownAddress() + " has no pictures (" + streams() + ")");
        }
        AVStream stream = stream();
        AVCodecParameters parameters = stream.codecpar();
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            throw failure(AVERROR_DECODER_NOT_FOUND(), limit);
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        decoder = context;
        avcodec_parameters_to_context(context, parameters);
        context.pkt_timebase(stream.time_base());
        context.thread_count(1);
        context.max_pixels(MOST_PIXELS);
        int code = avcodec_open2(context, codec, (PointerPointer<?>) null);
        if (code < 0) {
            throw failure(code, limit);
        }
        if (parameters.width() < 1 || parameters.height() < 1) {
            throw FfmpegErrors.problem(
                    settings, Cause.UNREADABLE, settings.shownAddress() + ": no picture could be decoded");
        }
    }

    private String streams() {
        int count = format == null ? 0 : format.nb_streams();
        return count == 1 ? "1 stream, none of them video" : count + " streams, none of them video";
    }

    private AVStream stream() {
        if (format == null) {
            throw new IllegalStateException("closed");
        }
        return format.streams(videoStream);
    }

    StreamInfo info() {
        AVStream stream = stream();
        AVCodecParameters parameters = stream.codecpar();
        return new StreamInfo(
                avcodec_get_name(parameters.codec_id()).getString(),
                parameters.width(),
                parameters.height(),
                framesPerSecond(stream),
                Math.max(0, stream.nb_frames()));
    }

    private static double framesPerSecond(AVStream stream) {
        for (AVRational rate : new AVRational[] {stream.avg_frame_rate(), stream.r_frame_rate()}) {
            if (rate.num() > 0 && rate.den() > 0 && rate.num() / (double) rate.den() <= 1000) {
                return rate.num() / (double) rate.den();
            }
        }
        return 0;
    }

    /** Reads packets until a frame is decoded, the limit is reached or there are no more. */
    Step decode(BlockedCalls.Limit limit) throws VideoException {
        while (true) {
            int code = avcodec_receive_frame(decoder, frame);
            if (code >= 0) {
                errorsInARow = 0;
                return Step.FRAME;
            }
            if (code == AVERROR_EOF()) {
                return Step.END;
            }
            if (code != AVERROR_EAGAIN()) {
                countBroken(code);
            }
            if (!feed(limit) || limit.reached()) {
                return Step.NOTHING_YET;
            }
        }
    }

    /** @return false if nothing came before the limit */
    private boolean feed(BlockedCalls.Limit limit) throws VideoException {
        int code = av_read_frame(format, packet);
        if (code == AVERROR_EOF() && !settings.scheme().live()) {
            avcodec_send_packet(decoder, null);
            return true;
        }
        if (code < 0) {
            if (limit.reached()) {
                return false;
            }
            if (settings.scheme().live()) {
                throw isTimeout(code) ? failure(code, limit) : FfmpegErrors.reading(settings, code);
            }
            countBroken(code);
            return true;
        }
        if (packet.stream_index() == videoStream) {
            offer(packet);
            int sent = avcodec_send_packet(decoder, packet);
            if (sent < 0 && sent != AVERROR_EAGAIN()) {
                countBroken(sent);
            }
        }
        av_packet_unref(packet);
        return true;
    }

    /** Gives the tap each packet from now on, where it is of a codec that can be kept. */
    void offerPackets(PacketTap tap, Clock clock) {
        AVCodecParameters parameters = stream().codecpar();
        String codec = avcodec_get_name(parameters.codec_id()).getString();
        if (StreamFormat.CODECS.contains(codec) && parameters.extradata_size() > 0) {
            var sets = new byte[parameters.extradata_size()];
            parameters.extradata().get(sets);
            feed = new PacketFeed(tap, clock, new StreamFormat(codec, parameters.width(), parameters.height(), sets));
        }
    }

    private void offer(AVPacket read) {
        if (feed != null) {
            boolean key = (read.flags() & AV_PKT_FLAG_KEY) != 0;
            var bytes = read.data().capacity(read.size()).asByteBuffer();
            feed.packet(bytes, key, nanos(read.pts()), nanos(read.dts()));
        }
    }

    /** The frame that {@link #decode} brought was taken then. */
    void taken(Instant at) {
        if (feed != null) {
            feed.taken(nanos(frame.best_effort_timestamp()), at);
        }
    }

    private long nanos(long stamp) {
        AVRational base = stream().time_base();
        return stamp == AV_NOPTS_VALUE ? PacketFeed.NONE : av_rescale(stamp, base.num() * 1_000_000_000L, base.den());
    }

    private void countBroken(int code) throws VideoException {
        broken++;
        errorsInARow++;
        if (errorsInARow > MOST_ERRORS_IN_A_ROW) {
            throw FfmpegErrors.reading(settings, code);
        }
    }

    /** The frame that {@link #decode} brought, valid until the next call. */
    AVFrame frame() {
        return frame;
    }

    /** Nanoseconds by the stream's clock, {@link Long#MIN_VALUE} if the frame has no time stamp. */
    long frameNanos() {
        long stamp = frame.best_effort_timestamp();
        if (stamp == AV_NOPTS_VALUE) {
            return Long.MIN_VALUE;
        }
        AVRational base = stream().time_base();
        return Math.round(stamp * 1e9 * base.num() / base.den());
    }

    /** Packets and frames that could not be decoded. */
    long broken() {
        return broken;
    }

    /** Back to the first picture. */
    void rewind() throws VideoException {
        int code = av_seek_frame(format, videoStream, 0, AVSEEK_FLAG_BACKWARD);
        if (code < 0) {
            code = av_seek_frame(format, videoStream, 0, AVSEEK_FLAG_BYTE);
        }
        if (code < 0) {
            throw FfmpegErrors.problem(
                    settings, Cause.UNREADABLE, settings.shownAddress() + " cannot be played again from its start");
        }
        avcodec_flush_buffers(decoder);
    }

    @Override
    public void close() {
        if (decoder != null) {
            avcodec_free_context(decoder);
            decoder = null;
        }
        if (format != null) {
            avformat_close_input(format);
            format = null;
        }
        if (!frame.isNull()) {
            av_frame_free(frame);
        }
        if (!packet.isNull()) {
            av_packet_free(packet);
        }
    }
}
