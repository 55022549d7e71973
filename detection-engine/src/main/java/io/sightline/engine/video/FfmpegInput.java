package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.sightline.engine.video.VideoException.Cause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.bytedeco.javacpp.BytePointer;
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

    private static final Duration FFMPEG_TIMEOUT = Duration.ofMinutes(15);
    private static final long MOST_PIXELS = 64_000_000;
    /** {@code AV_FRAME_FLAG_CORRUPT}, which the bindings do not carry. */
    private static final int CORRUPT_FRAME = 1;

    /** What is not known of a live stream after so many bytes, its first picture tells. */
    private static final long LIVE_PROBE_BYTES = 256 << 10;

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
    private int videoStream = -1;
    private int errorsInARow;
    private long broken;
    private long damaged;
    private OptionalLong lastPacketNanos = OptionalLong.empty();

    private FfmpegInput(VideoSettings settings) {
        this.settings = settings;
    }

    /**
     * Connects, and reads as much as is needed to know the stream.
     *
     * @param address what FFmpeg is given; may hold the login
     */
    static FfmpegInput open(VideoSettings settings, String address, BlockedCalls.Limit limit) throws VideoException {
        return open(settings, address, limit, () -> {});
    }

    /** @param connected told once the server has agreed to play, before the first picture is there */
    static FfmpegInput open(VideoSettings settings, String address, BlockedCalls.Limit limit, Runnable connected)
            throws VideoException {
        var input = new FfmpegInput(settings);
        try {
            input.openFormat(address, limit);
            connected.run();
            input.readStreams(limit);
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
            options(settings).forEach((key, value) -> av_dict_set(options, key, value, 0));
            int code = avformat_open_input(context, address, forced, options);
            av_dict_free(options);
            if (code < 0) {
                format = null;
                throw failure(code, limit);
            }
        }
    }

    private void readStreams(BlockedCalls.Limit limit) throws VideoException {
        if (settings.scheme().live() && format != null) {
            format.fps_probe_size(0);
            format.probesize(LIVE_PROBE_BYTES);
        }
        int code = findStreamInfo();
        if (code < 0 || limit.reached()) {
            throw failure(code, limit);
        }
    }

    /** FFmpeg decodes here already: a header that tells of 65535x65535 pixels is to cost no memory. */
    private int findStreamInfo() {
        int streams = format == null ? 0 : format.nb_streams();
        try (PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams))) {
            for (int i = 0; i < streams; i++) {
                AVDictionary one = new AVDictionary((Pointer) null);
                av_dict_set(one, "max_pixels", Long.toString(MOST_PIXELS), 0);
                options.put(i, one);
            }
            int code = avformat_find_stream_info(format, options);
            for (int i = 0; i < streams; i++) {
                AVDictionary unread = options.get(AVDictionary.class, i);
                if (unread != null) {
                    av_dict_free(unread);
                }
            }
            return code;
        }
    }

    /** For live streams the {@link BlockedCalls} limit ends every wait; FFmpeg's own is out of the way. */
    static Map<String, String> options(VideoSettings settings) {
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
                Long.toString(FFMPEG_TIMEOUT.toNanos() / 1000));
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
        boolean unknownSize = parameters.width() < 1 || parameters.height() < 1;
        if (unknownSize && !settings.scheme().live()) { // a live stream tells with its first key frame
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

    private AVCodecContext decoder() {
        if (decoder == null) {
            throw new IllegalStateException("closed");
        }
        return decoder;
    }

    StreamInfo info() {
        AVStream stream = stream();
        AVCodecParameters parameters = stream.codecpar();
        return new StreamInfo(
                avcodec_get_name(parameters.codec_id()).getString(),
                parameters.width(),
                parameters.height(),
                framesPerSecond(
                        stream.avg_frame_rate(),
                        stream.r_frame_rate(),
                        decoder().framerate()),
                Math.max(0, stream.nb_frames()));
    }

    private static double framesPerSecond(AVRational... rates) {
        for (AVRational rate : rates) {
            if (rate.num() > 0 && rate.den() > 0 && rate.num() / (double) rate.den() <= 1000) {
                return rate.num() / (double) rate.den();
            }
        }
        return 0;
    }

    /** Profile of the coding, for example {@code High}; empty where it is not known. */
    Optional<String> profile() {
        var name = avcodec_profile_name(decoder().codec_id(), decoder().profile());
        return Optional.ofNullable(name).map(BytePointer::getString);
    }

    /** Coding of the sound beside the pictures; empty where there is none or it was not asked for. */
    Optional<String> sound() {
        int sound = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (PointerPointer<?>) null, 0);
        return sound < 0 || format == null
                ? Optional.empty()
                : Optional.of(avcodec_get_name(format.streams(sound).codecpar().codec_id())
                        .getString());
    }

    /** Reads packets until a frame is decoded, the limit is reached or there are no more. */
    Step decode(BlockedCalls.Limit limit) throws VideoException {
        while (true) {
            int code = avcodec_receive_frame(decoder, frame);
            if (code >= 0) {
                errorsInARow = 0;
                boolean whole = frame.decode_error_flags() == 0 && (frame.flags() & CORRUPT_FRAME) == 0;
                damaged += whole ? 0 : 1;
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
            lastPacketNanos = OptionalLong.of(System.nanoTime());
            int sent = avcodec_send_packet(decoder, packet);
            if (sent < 0 && sent != AVERROR_EAGAIN()) {
                countBroken(sent);
            }
        }
        av_packet_unref(packet);
        return true;
    }

    private void countBroken(int code) throws VideoException {
        broken++;
        errorsInARow++;
        if (errorsInARow > MOST_ERRORS_IN_A_ROW) {
            throw FfmpegErrors.problem(
                    settings,
                    Cause.UNREADABLE,
                    settings.shownAddress() + ": the last " + MOST_ERRORS_IN_A_ROW + " packets cannot be decoded ("
                            + FfmpegErrors.words(code) + ")");
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

    /** Frames that were decoded although parts of them were missing. */
    long damaged() {
        return damaged;
    }

    /** {@link System#nanoTime} at which a packet of pictures came last; empty before the first. */
    OptionalLong lastPacketNanos() {
        return lastPacketNanos;
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
