package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.sightline.engine.packet.StreamFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
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

    /** {@code AV_FRAME_FLAG_CORRUPT}, which the bindings do not carry. */
    private static final int CORRUPT_FRAME = 1;

    private static final int MOST_ERRORS_IN_A_ROW = 1000;

    /**
     * Bytes: a picture of 7680x4320 with three bytes for each pixel, or as P010, in one piece; less than what a camera can
     * claim that it will send.
     */
    static final long LARGEST_ALLOCATION = 96L << 20;

    static {
        av_log_set_level(AV_LOG_PANIC); // what is less than that, a camera could fill the log with
        av_max_alloc(LARGEST_ALLOCATION);
        avformat_network_init();
    }

    private final VideoSettings settings;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private @Nullable AVFormatContext format;
    private @Nullable AVCodecContext decoder;
    private @Nullable PacketOffer offer;
    private int videoStream = -1;
    private int errorsInARow;
    private long broken;
    private long packets;
    private long damaged;
    private OptionalLong lastPacketNanos = OptionalLong.empty();
    private final SpareFrames spare;
    private final DecoderSetup setup;
    private final BoundedPackets bounded;

    private FfmpegInput(VideoSettings settings) {
        this.settings = settings;
        this.spare = new SpareFrames(settings.decode());
        this.setup = new DecoderSetup(settings.decode());
        this.bounded = new BoundedPackets(settings);
    }

    /**
     * Connects, and reads as much as is needed to know the stream.
     *
     * @param address what FFmpeg is given; may hold the login
     * @param connected told once the server has agreed to play, before the first picture is there
     */
    static FfmpegInput open(VideoSettings settings, String address, BlockedCalls.Limit limit, Runnable connected)
            throws VideoException {
        return decoding(openPackets(settings, address, limit, connected), limit);
    }

    /** One image in one file. @param reader how it is read, whatever its name and content suggest to FFmpeg */
    static FfmpegInput openImage(VideoSettings settings, String address, AVInputFormat reader, BlockedCalls.Limit limit)
            throws VideoException {
        return decoding(openStreams(settings, new Asked(address, reader), limit, () -> {}), limit);
    }

    private static FfmpegInput decoding(FfmpegInput input, BlockedCalls.Limit limit) throws VideoException {
        try {
            input.openDecoder(limit);
            return input;
        } catch (VideoException | RuntimeException | Error e) {
            input.close();
            throw e;
        }
    }

    /** As {@link #open}, for who wants packets only: {@link #decode} cannot be called then. */
    static FfmpegInput openPackets(VideoSettings settings, String address, BlockedCalls.Limit limit, Runnable connected)
            throws VideoException {
        return openStreams(settings, new Asked(address, null), limit, connected);
    }

    /** @param image how a single image is read; null: as the kind of source is */
    private record Asked(String address, @Nullable AVInputFormat image) {}

    private static FfmpegInput openStreams(
            VideoSettings settings, Asked asked, BlockedCalls.Limit limit, Runnable connected) throws VideoException {
        var input = new FfmpegInput(settings);
        try {
            input.openFormat(asked, limit);
            connected.run();
            input.readStreams(limit);
            input.findVideo();
            return input;
        } catch (VideoException | RuntimeException | Error e) {
            input.close();
            throw e;
        }
    }

    private void openFormat(Asked asked, BlockedCalls.Limit limit) throws VideoException {
        AVFormatContext context = avformat_alloc_context();
        format = context;
        context.interrupt_callback().callback(BlockedCalls.callback());
        context.max_streams(FfmpegOptions.mostStreams(settings));
        AVInputFormat forced = asked.image() == null ? FfmpegOptions.format(settings, context, limit) : asked.image();
        int code = FfmpegOptions.open(context, asked.address(), forced, FfmpegOptions.of(settings));
        if (code < 0) {
            format = null; // FFmpeg has freed it
            throw FfmpegErrors.failure(settings, code, limit);
        }
    }

    private void readStreams(BlockedCalls.Limit limit) throws VideoException {
        if (isUsb()) {
            return; // the driver has told all there is to know
        }
        int code = bounded.findStreamInfo(opened(), limit);
        if (code < 0 || limit.reached()) {
            throw FfmpegErrors.failure(settings, code, limit);
        }
    }

    private void findVideo() throws VideoException {
        videoStream = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
        if (videoStream < 0) {
            throw FfmpegErrors.noVideo(settings, opened().nb_streams());
        }
    }

    private void openDecoder(BlockedCalls.Limit limit) throws VideoException {
        AVStream stream = stream();
        AVCodecParameters parameters = stream.codecpar();
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            throw FfmpegErrors.failure(settings, AVERROR_DECODER_NOT_FOUND(), limit);
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        decoder = context;
        avcodec_parameters_to_context(context, parameters);
        context.pkt_timebase(stream.time_base());
        context.max_pixels(FfmpegOptions.MOST_PIXELS);
        setup.apply(context, codec);
        context.skip_frame(spare.discard());
        int code = avcodec_open2(context, codec, (PointerPointer<?>) null);
        if (code < 0) {
            throw FfmpegErrors.failure(settings, code, limit);
        }
        boolean unknownSize = parameters.width() < 1 || parameters.height() < 1;
        if (unknownSize && !settings.scheme().live()) { // a live stream tells with its first key frame
            throw FfmpegErrors.unreadable(settings, ": no picture could be decoded");
        }
    }

    private boolean isUsb() {
        return settings.scheme() == VideoSettings.Scheme.V4L2;
    }

    private AVFormatContext opened() {
        if (format == null) {
            throw new IllegalStateException("closed");
        }
        return format;
    }

    private AVStream stream() {
        return opened().streams(videoStream);
    }

    private AVCodecContext decoder() {
        if (decoder == null) {
            throw new IllegalStateException("closed");
        }
        return decoder;
    }

    /** For who keeps packets. */
    StreamFormat format() {
        return OfferedStream.format(stream());
    }

    StreamInfo info() {
        return OfferedStream.info(stream(), decoder, setup);
    }

    /** Profile of the coding, for example {@code High}; empty where it is not known. */
    Optional<String> profile() {
        return OfferedStream.profile(decoder());
    }

    /** Coding of the sound beside the pictures; empty where there is none or it was not asked for. */
    Optional<String> sound() {
        return OfferedStream.sound(opened());
    }

    /** Reads packets until a frame is decoded, the limit is reached or there are no more. */
    Step decode(BlockedCalls.Limit limit) throws VideoException {
        while (true) {
            int code = avcodec_receive_frame(decoder, frame);
            if (code >= 0) {
                errorsInARow = 0;
                spare.decoded();
                setup.decoded(frame);
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
            if (!feed(limit) || limit.due()) {
                return Step.NOTHING_YET;
            }
        }
    }

    /** @return false if nothing came before the limit */
    private boolean feed(BlockedCalls.Limit limit) throws VideoException {
        Step step = read(limit);
        if (step == Step.END) {
            avcodec_send_packet(decoder, null);
        } else if (step == Step.FRAME) {
            if (offer != null) {
                offer.read(packet);
            }
            int sent = avcodec_send_packet(decoder, packet);
            if (sent < 0 && sent != AVERROR_EAGAIN()) {
                countBroken(sent);
            }
            if (spare.sent(nanos(packet.dts()))) {
                decoder.skip_frame(spare.discard());
            }
            av_packet_unref(packet);
            if (settings.decode().frames() == VideoSettings.Frames.KEY) {
                limit.again(); // the camera is there; giving up in the middle of a packet would lose the connection
            }
        }
        return step != Step.NOTHING_YET || !limit.reached();
    }

    /** Reads what comes next. @return FRAME where {@link #packet()} is of the pictures, to be given back by its reader */
    Step read(BlockedCalls.Limit limit) throws VideoException {
        int code = bounded.read(opened(), packet, limit);
        if (code == AVERROR_EOF() && !settings.scheme().live()) {
            return Step.END;
        }
        if (code == AVERROR_EAGAIN() && isUsb()) {
            UsbInput.pause();
            return Step.NOTHING_YET;
        }
        if (code < 0) {
            if (limit.reached()) {
                return Step.NOTHING_YET;
            }
            if (settings.scheme().live()) {
                throw FfmpegErrors.reading(settings, code, limit);
            }
            countBroken(code);
            return Step.NOTHING_YET;
        }
        if (packet.stream_index() != videoStream) {
            av_packet_unref(packet);
            return Step.NOTHING_YET;
        }
        if (packet.size() == 0 && isUsb()) { // an empty one would tell the decoder that this was all
            av_packet_unref(packet);
            countBroken(AVERROR_INVALIDDATA());
            return Step.NOTHING_YET;
        }
        packets++;
        if (!limit.reached()) { // else FFmpeg gives away what it had kept, and nothing has come
            lastPacketNanos = OptionalLong.of(System.nanoTime());
        }
        return Step.FRAME;
    }

    /** What {@link #read} brought. */
    AVPacket packet() {
        return packet;
    }

    /** Packets of the pictures that have come, decoded or not. */
    long packets() {
        return packets;
    }

    /** What was asked of the decoder and is not so. */
    Optional<VideoSource.Warning> warning() {
        return setup.warning();
    }

    /** Is given each packet from now on. */
    void offerTo(PacketOffer newOffer) {
        offer = newOffer;
    }

    private void countBroken(int code) throws VideoException {
        broken++;
        errorsInARow++;
        if (errorsInARow > MOST_ERRORS_IN_A_ROW) {
            String why = " packets cannot be decoded (" + FfmpegErrors.words(code) + ")";
            throw FfmpegErrors.unreadable(settings, ": the last " + MOST_ERRORS_IN_A_ROW + why);
        }
    }

    /** The frame that {@link #decode} brought, valid until the next call. */
    AVFrame frame() {
        return frame;
    }

    /** Nanoseconds by the stream's clock, {@link Long#MIN_VALUE} if the frame has no time stamp. */
    long frameNanos() {
        return nanos(frame.best_effort_timestamp());
    }

    /** @param stamp in ticks of the stream. @return {@link Long#MIN_VALUE} if it is none */
    long nanos(long stamp) {
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
            throw FfmpegErrors.unreadable(settings, " cannot be played again from its start");
        }
        if (decoder != null) {
            avcodec_flush_buffers(decoder);
        }
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
