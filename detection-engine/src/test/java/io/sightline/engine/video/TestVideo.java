package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Small videos, made by the tests: grey pictures that become a step brighter with each frame. */
final class TestVideo {
    static final int FPS = 25;

    private TestVideo() {}

    /** Brightness of a frame in the videos made here. */
    static int luma(int frame) {
        return 20 + 4 * frame;
    }

    static Path grey(Path file, int width, int height, int frames) {
        write(file, AV_CODEC_ID_MPEG4, new int[] {width, height, 0}, frames);
        return file;
    }

    /** Two pictures that no other needs between those that are needed, a key picture every twelve. */
    static Path withSpareFrames(Path file, int frames) {
        write(file, AV_CODEC_ID_MPEG4, new int[] {64, 48, 2}, frames);
        return file;
    }

    static Path jpeg(Path file, int width, int height, int frames) {
        write(file, AV_CODEC_ID_MJPEG, new int[] {width, height, 0}, frames);
        return file;
    }

    static Path soundOnly(Path file) {
        write(file, AV_CODEC_ID_PCM_S16LE, new int[] {0, 0, 0}, 10);
        return file;
    }

    /** @param shape width, height, and pictures that no other needs between two others */
    private static void write(Path file, int codecId, int[] shape, int frames) {
        int width = shape[0];
        int height = shape[1];
        var format = new AVFormatContext(null);
        check(avformat_alloc_output_context2(format, null, null, file.toString()));
        AVCodec codec = avcodec_find_encoder(codecId);
        AVCodecContext encoder = avcodec_alloc_context3(codec);
        boolean video = width > 0;
        AVRational base = new AVRational().num(1).den(video ? FPS : 8000);
        encoder.time_base(base);
        if (video) {
            encoder.width(width)
                    .height(height)
                    .pix_fmt(AV_PIX_FMT_YUV420P)
                    .bit_rate(400_000)
                    .max_b_frames(shape[2])
                    .gop_size(shape[2] > 0 ? 12 : 5);
            if (codecId == AV_CODEC_ID_MJPEG) {
                encoder.pix_fmt(AV_PIX_FMT_YUVJ420P).color_range(AVCOL_RANGE_JPEG);
            }
        } else {
            encoder.sample_fmt(AV_SAMPLE_FMT_S16).sample_rate(8000);
            av_channel_layout_default(encoder.ch_layout(), 1);
        }
        try (AVDictionary options = new AVDictionary((Pointer) null)) {
            if (video && shape[2] > 0) {
                av_dict_set(options, "sc_threshold", "1000000000", 0); // brighter is no new scene
            }
            check(avcodec_open2(encoder, codec, options));
            av_dict_free(options);
        }
        AVStream stream = avformat_new_stream(format, null);
        stream.time_base(base);
        avcodec_parameters_from_context(stream.codecpar(), encoder);
        var out = new AVIOContext(null);
        check(avio_open(out, file.toString(), AVIO_FLAG_WRITE));
        format.pb(out);
        check(avformat_write_header(format, (PointerPointer<?>) null));
        AVFrame frame = video ? picture(width, height) : sound();
        for (int i = 0; i < frames; i++) {
            check(av_frame_make_writable(frame));
            if (video) {
                byte[] row = new byte[frame.linesize(0) * height];
                java.util.Arrays.fill(row, (byte) luma(i));
                frame.data(0).put(row);
            }
            frame.pts(video ? i : i * 800L);
            encode(format, encoder, stream, frame);
        }
        encode(format, encoder, stream, null);
        check(av_write_trailer(format));
        avio_closep(out);
        av_frame_free(frame);
        avcodec_free_context(encoder);
        avformat_free_context(format);
    }

    private static AVFrame picture(int width, int height) {
        AVFrame frame = av_frame_alloc();
        frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
        check(av_frame_get_buffer(frame, 0));
        for (int plane = 1; plane < 3; plane++) {
            byte[] grey = new byte[frame.linesize(plane) * ((height + 1) / 2)];
            java.util.Arrays.fill(grey, (byte) 128);
            frame.data(plane).put(grey);
        }
        return frame;
    }

    private static AVFrame sound() {
        AVFrame frame = av_frame_alloc();
        frame.nb_samples(800).format(AV_SAMPLE_FMT_S16).sample_rate(8000);
        av_channel_layout_default(frame.ch_layout(), 1);
        check(av_frame_get_buffer(frame, 0));
        frame.data(0).put(new byte[1600]);
        return frame;
    }

    private static void encode(AVFormatContext format, AVCodecContext encoder, AVStream stream, AVFrame frame) {
        check(avcodec_send_frame(encoder, frame));
        AVPacket packet = av_packet_alloc();
        while (avcodec_receive_packet(encoder, packet) >= 0) {
            packet.duration(1);
            av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            check(av_interleaved_write_frame(format, packet));
        }
        av_packet_free(packet);
    }

    private static void check(int code) {
        if (code < 0) {
            throw new IllegalStateException("FFmpeg: " + FfmpegErrors.words(code));
        }
    }
}
