package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Encodes colour pictures as H.264, or as MPEG-4 part 2 where that encoder refuses their size. Both need even sizes:
 * an odd one is stretched by a pixel. One thread at a time.
 */
final class PictureEncoder implements AutoCloseable {
    /** A denominator that both encoders take and that the usual frame rates divide. */
    static final int TICKS_PER_SECOND = 60_000;

    private static final String H264 = "libopenh264";
    private static final String MPEG4 = "mpeg4";
    /** OpenH264 opens for less, and then fails. */
    private static final int SMALLEST_H264 = 16;

    private static final double FALLBACK_RATE = 25;
    private static final double BITS_PER_PIXEL = 0.15;
    private static final long LEAST_BITS = 800_000;
    private static final long MOST_BITS = 20_000_000;

    private final AVCodecContext encoder;
    private final long ticksPerFrame;
    private final AVFrame frame;
    private final AVPacket packet;
    private @Nullable SwsContext converter;

    /** Receives what was encoded, valid during the call. */
    interface Packets {
        void write(AVPacket packet) throws IOException;
    }

    /**
     * @param framesPerSecond nominal, 0 where it is unknown
     * @throws IOException if no encoder takes this size
     */
    PictureEncoder(int width, int height, double framesPerSecond) throws IOException {
        double rate = framesPerSecond > 0 ? framesPerSecond : FALLBACK_RATE;
        ticksPerFrame = Math.max(1, Math.round(TICKS_PER_SECOND / rate));
        encoder = open(even(width), even(height), rate);
        frame = av_frame_alloc();
        packet = av_packet_alloc();
        frame.width(encoder.width()).height(encoder.height()).format(AV_PIX_FMT_YUV420P);
        int code = av_frame_get_buffer(frame, 0);
        if (code < 0) {
            close();
            throw new IOException("no memory for a picture of " + width + "x" + height);
        }
    }

    private static int even(int side) {
        return side + side % 2;
    }

    private static AVCodecContext open(int width, int height, double rate) throws IOException {
        int code = AVERROR_ENCODER_NOT_FOUND();
        boolean large = Math.min(width, height) >= SMALLEST_H264;
        for (String name : large ? List.of(H264, MPEG4) : List.of(MPEG4)) {
            AVCodec codec = avcodec_find_encoder_by_name(name);
            if (codec == null) {
                continue;
            }
            AVCodecContext context = avcodec_alloc_context3(codec);
            context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
            configure(context, rate);
            code = avcodec_open2(context, codec, (PointerPointer<?>) null);
            if (code >= 0) {
                return context;
            }
            avcodec_free_context(context);
        }
        throw new IOException(
                "pictures of " + width + "x" + height + " cannot be encoded: " + FfmpegErrors.words(code));
    }

    private static void configure(AVCodecContext context, double rate) {
        double pixelsPerSecond = (double) context.width() * context.height() * Math.max(10, rate);
        context.bit_rate(Math.min(MOST_BITS, Math.max(LEAST_BITS, (long) (pixelsPerSecond * BITS_PER_PIXEL))));
        context.gop_size((int) Math.max(1, Math.round(2 * rate)));
        context.max_b_frames(0);
        context.thread_count(1);
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        try (AVRational tick = av_make_q(1, TICKS_PER_SECOND);
                AVRational frames = av_d2q(rate, TICKS_PER_SECOND)) {
            context.time_base(tick).framerate(frames);
        }
        // frames are BT.601 of limited range; players guess otherwise from the size
        context.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_SMPTE170M);
        context.color_primaries(AVCOL_PRI_SMPTE170M).color_trc(AVCOL_TRC_SMPTE170M);
    }

    /** For the file's header. */
    AVCodecContext context() {
        return encoder;
    }

    /** @param ticks time of the picture, more than that of the one before */
    void encode(Mat picture, long ticks, Packets packets) throws IOException {
        check(av_frame_make_writable(frame)); // the encoder may still hold the previous picture
        converter = sws_getCachedContext(
                converter,
                picture.cols(),
                picture.rows(),
                AV_PIX_FMT_BGR24,
                frame.width(),
                frame.height(),
                AV_PIX_FMT_YUV420P,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        try (PointerPointer<?> from = new PointerPointer<>(picture.data(), null, null, null);
                IntPointer stride = new IntPointer((int) picture.step(0), 0, 0, 0)) {
            sws_scale(converter, from, stride, 0, picture.rows(), frame.data(), frame.linesize());
        }
        frame.pts(ticks);
        send(frame, packets);
    }

    /** Hands out what the encoder still holds. Nothing can be encoded afterwards. */
    void finish(Packets packets) throws IOException {
        send(null, packets);
    }

    private void send(@Nullable AVFrame picture, Packets packets) throws IOException {
        check(avcodec_send_frame(encoder, picture));
        int code = avcodec_receive_packet(encoder, packet);
        while (code >= 0) {
            packet.duration(ticksPerFrame);
            packets.write(packet);
            av_packet_unref(packet);
            code = avcodec_receive_packet(encoder, packet);
        }
        if (code != AVERROR_EAGAIN() && code != AVERROR_EOF()) {
            check(code);
        }
    }

    private static void check(int code) throws IOException {
        if (code < 0) {
            throw new IOException("a picture cannot be encoded: " + FfmpegErrors.words(code));
        }
    }

    @Override
    public void close() {
        if (converter != null) {
            sws_freeContext(converter);
            converter = null;
        }
        if (!encoder.isNull()) {
            avcodec_free_context(encoder);
        }
        if (!frame.isNull()) {
            av_frame_free(frame);
        }
        if (!packet.isNull()) {
            av_packet_free(packet);
        }
    }
}
