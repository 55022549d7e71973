package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Decodes single JPEGs, and holds all native memory that takes. One thread at a time. */
final class JpegDecoder implements AutoCloseable {
    private static final long MOST_PIXELS = 64_000_000;

    static {
        av_log_set_level(AV_LOG_PANIC); // what is less than that, a camera could fill the log with
    }

    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private @Nullable AVCodecContext decoder;

    JpegDecoder() {
        try {
            open();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void open() {
        AVCodec codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
        AVCodecContext context = avcodec_alloc_context3(codec);
        decoder = context;
        context.thread_count(1);
        context.max_pixels(MOST_PIXELS);
        if (avcodec_open2(context, codec, (PointerPointer<?>) null) < 0) {
            throw new IllegalStateException("this build of FFmpeg cannot decode JPEG");
        }
    }

    /** @return whether there is a picture in {@link #frame}, valid until the next call */
    boolean decode(byte[] bytes, int from, int length) {
        if (av_new_packet(packet, length) < 0) {
            throw new OutOfMemoryError("for a JPEG of " + length + " bytes");
        }
        packet.data().put(bytes, from, length);
        int sent = avcodec_send_packet(decoder, packet);
        av_packet_unref(packet);
        boolean whole = sent >= 0 && avcodec_receive_frame(decoder, frame) >= 0;
        if (!whole) {
            avcodec_flush_buffers(decoder);
        }
        return whole && frame.width() > 0 && frame.height() > 0;
    }

    AVFrame frame() {
        return frame;
    }

    @Override
    public void close() {
        if (decoder != null) {
            avcodec_free_context(decoder);
            decoder = null;
        }
        if (!frame.isNull()) {
            av_frame_free(frame);
        }
        if (!packet.isNull()) {
            av_packet_free(packet);
        }
    }
}
