package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Pictures in any pixel format: red at the left, blue at the right, opaque above and wholly transparent below. */
public final class ColourVideo {
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;
    private static final int OPAQUE = 0xff000000;
    private static final int[] PALETTE = {OPAQUE | RED, OPAQUE | BLUE, RED, BLUE};
    private static final int FRAMES = 3;

    private ColourVideo() {}

    /** Its number in the palette. */
    private static int index(int x, int y, int width, int height) {
        return (x < width / 2 ? 0 : 1) + (y < height / 2 ? 0 : 2);
    }

    /** Alpha, red, green, blue of one of its pixels. */
    private static int argb(int x, int y, int width, int height) {
        return (x < width / 2 ? RED : BLUE) | (y < height / 2 ? OPAQUE : 0);
    }

    /** @param type of {@link BufferedImage}; @param format that ImageIO writes */
    public static void image(Path file, int type, String format, int width, int height) throws IOException {
        var image = type == BufferedImage.TYPE_BYTE_INDEXED ? indexed(width, height) : image(type, width, height);
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IOException("Java writes no such " + format);
        }
    }

    private static BufferedImage image(int type, int width, int height) {
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, argb(x, y, width, height));
            }
        }
        return image;
    }

    private static BufferedImage indexed(int width, int height) {
        var colours = new IndexColorModel(8, PALETTE.length, PALETTE, 0, true, -1, DataBuffer.TYPE_BYTE);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, index(x, y, width, height));
            }
        }
        return image;
    }

    /**
     * Writes a video.
     *
     * @param codec FFmpeg's name of an encoder
     * @param pixels FFmpeg's name of a pixel format that it takes
     */
    public static Path video(Path file, String codec, String pixels, int width, int height) {
        var format = new AVFormatContext(null);
        check(avformat_alloc_output_context2(format, null, null, file.toString()));
        AVCodec encoder = avcodec_find_encoder_by_name(codec);
        AVCodecContext context = avcodec_alloc_context3(encoder);
        AVRational base = new AVRational().num(1).den(TestVideo.FPS);
        context.width(width).height(height).pix_fmt(av_get_pix_fmt(pixels)).time_base(base);
        check(avcodec_open2(context, encoder, (PointerPointer<?>) null));
        AVStream stream = avformat_new_stream(format, null);
        stream.time_base(base);
        avcodec_parameters_from_context(stream.codecpar(), context);
        var out = new AVIOContext(null);
        check(avio_open(out, file.toString(), AVIO_FLAG_WRITE));
        format.pb(out);
        check(avformat_write_header(format, (PointerPointer<?>) null));
        AVFrame frame = frame(av_get_pix_fmt(pixels), width, height);
        for (int i = 0; i < FRAMES; i++) {
            frame.pts(i);
            encode(format, context, stream, frame);
        }
        encode(format, context, stream, null);
        check(av_write_trailer(format));
        avio_closep(out);
        av_frame_free(frame);
        avcodec_free_context(context);
        avformat_free_context(format);
        return file;
    }

    /** To be freed by the caller. */
    static AVFrame frame(int pixelFormat, int width, int height) {
        AVFrame frame = allocated(pixelFormat, width, height);
        if (pixelFormat == AV_PIX_FMT_PAL8) {
            index(frame);
            return frame;
        }
        AVFrame plain = allocated(AV_PIX_FMT_ARGB, width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plain.data(0)
                        .position((long) y * plain.linesize(0) + 4L * x)
                        .putInt(Integer.reverseBytes(argb(x, y, width, height)));
            }
        }
        SwsContext converter = sws_getContext(
                width, height, AV_PIX_FMT_ARGB, width, height, pixelFormat, SWS_POINT, null, null, (DoublePointer)
                        null);
        check(sws_scale(converter, plain.data(), plain.linesize(), 0, height, frame.data(), frame.linesize()));
        sws_freeContext(converter);
        av_frame_free(plain);
        return frame;
    }

    private static AVFrame allocated(int pixelFormat, int width, int height) {
        AVFrame frame = av_frame_alloc();
        frame.width(width).height(height).format(pixelFormat);
        check(av_frame_get_buffer(frame, 0));
        return frame;
    }

    private static void index(AVFrame frame) {
        BytePointer palette = frame.data(1);
        for (int i = 0; i < PALETTE.length; i++) {
            palette.position(4L * i).putInt(PALETTE[i]);
        }
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                byte index = (byte) index(x, y, frame.width(), frame.height());
                frame.data(0).position((long) y * frame.linesize(0) + x).put(index);
            }
        }
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
