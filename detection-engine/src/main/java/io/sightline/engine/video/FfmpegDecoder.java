package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketDecoder;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.VideoException.Cause;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** FFmpeg's decoder alone, fed with packets that somebody kept. One thread at a time. */
final class FfmpegDecoder implements PacketDecoder {
    private static final long MOST_PIXELS = 64_000_000;

    private final AVCodecContext decoder;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private final I420Copy copy = new I420Copy();

    private FfmpegDecoder(AVCodecContext decoder) {
        this.decoder = decoder;
    }

    /** @throws VideoException if there is no decoder for it */
    static FfmpegDecoder open(StreamFormat format) throws VideoException {
        AVCodec codec = avcodec_find_decoder(format.codecId());
        if (codec == null) {
            throw new VideoException(Cause.UNREADABLE, "there is no decoder for " + format.codec());
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        try {
            open(context, codec, format);
            return new FfmpegDecoder(context);
        } catch (VideoException | RuntimeException | Error e) {
            avcodec_free_context(context);
            throw e;
        }
    }

    private static void open(AVCodecContext context, AVCodec codec, StreamFormat format) throws VideoException {
        context.width(format.width()).height(format.height()).thread_count(1).max_pixels(MOST_PIXELS);
        giveExtra(context, format.extra());
        int code = avcodec_open2(context, codec, (PointerPointer<?>) null);
        if (code < 0) {
            throw new VideoException(
                    Cause.UNREADABLE, format.codec() + " cannot be decoded: " + FfmpegErrors.words(code));
        }
    }

    /** Belongs to the decoder from then on. */
    private static void giveExtra(AVCodecContext context, byte[] extra) {
        if (extra.length > 0) {
            var copied = new BytePointer(av_mallocz(extra.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
            copied.put(extra);
            context.extradata(copied).extradata_size(extra.length);
        }
    }

    @Override
    public void send(EncodedPacket encoded, long label) {
        byte[] bytes = encoded.bytes();
        if (av_new_packet(packet, bytes.length) < 0) {
            return;
        }
        packet.data().put(bytes);
        packet.pts(label).dts(label);
        packet.flags(encoded.key() ? AV_PKT_FLAG_KEY : 0);
        avcodec_send_packet(decoder, packet);
        av_packet_unref(packet);
    }

    @Override
    public void drain() {
        avcodec_send_packet(decoder, null);
    }

    @Override
    public boolean next() {
        return avcodec_receive_frame(decoder, frame) >= 0;
    }

    @Override
    public long label() {
        return frame.pts();
    }

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public int height() {
        return frame.height();
    }

    @Override
    public void copyTo(ByteBuffer i420) {
        copy.copy(frame, i420);
    }

    @Override
    public void restart() {
        avcodec_flush_buffers(decoder);
    }

    @Override
    public void close() {
        copy.close();
        if (!decoder.isNull()) {
            avcodec_free_context(decoder);
        }
        if (!frame.isNull()) {
            av_frame_free(frame);
        }
        if (!packet.isNull()) {
            av_packet_free(packet);
        }
    }
}
