package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/**
 * Writes decoded frames as I420 of limited range: copied plane by plane where they are that already, else converted.
 * One thread at a time.
 */
final class I420Copy implements AutoCloseable {
    private @Nullable SwsContext converter;
    private @Nullable AVFrame staging;
    private @Nullable AVFrame download;

    void copy(AVFrame decoded, ByteBuffer i420) {
        AVFrame frame = decoded.hw_frames_ctx() == null ? decoded : downloaded(decoded);
        int width = frame.width();
        int height = frame.height();
        int needed = FrameInfo.bytes(width, height);
        if (i420.capacity() < needed) {
            throw new IllegalArgumentException(
                    width + "x" + height + " I420 needs " + needed + " bytes, got " + i420.capacity());
        }
        try (BytePointer target = new BytePointer(i420.duplicate().clear())) {
            if (frame.format() == AV_PIX_FMT_YUV420P && frame.color_range() != AVCOL_RANGE_JPEG) {
                copyPlanes(frame, target);
            } else {
                convert(frame, target);
            }
        }
    }

    /** A picture in a decoding device's memory comes over only where somebody wants it. */
    private AVFrame downloaded(AVFrame decoded) {
        AVFrame frame = download == null ? av_frame_alloc() : download;
        download = frame;
        av_frame_unref(frame);
        int code = av_hwframe_transfer_data(frame, decoded, 0);
        if (code < 0) {
            throw new IllegalStateException(
                    "a picture cannot be read from the decoding device: " + FfmpegErrors.words(code));
        }
        av_frame_copy_props(frame, decoded);
        return frame;
    }

    private void convert(AVFrame frame, BytePointer target) {
        int width = frame.width();
        int height = frame.height();
        int format = frame.format();
        boolean fullRange = frame.color_range() == AVCOL_RANGE_JPEG || isFullRangeFormat(format);
        SwsContext cached = sws_getCachedContext(
                converter,
                width,
                height,
                format,
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        if (cached == null) {
            throw new IllegalStateException("no conversion from pixel format " + format + " to I420");
        }
        converter = cached;
        IntPointer matrix = sws_getCoefficients(SWS_CS_DEFAULT);
        sws_setColorspaceDetails(cached, matrix, fullRange ? 1 : 0, matrix, 0, 0, 1 << 16, 1 << 16);
        AVFrame converted = staging(width, height);
        sws_scale(cached, frame.data(), frame.linesize(), 0, height, converted.data(), converted.linesize());
        copyPlanes(converted, target);
    }

    /** FFmpeg's vector code writes past the end of rows: it gets room for that here, which a tight picture has not. */
    private AVFrame staging(int width, int height) {
        AVFrame frame = staging;
        if (frame == null || frame.width() != width || frame.height() != height) {
            freeStaging();
            frame = av_frame_alloc();
            staging = frame;
            frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
            if (av_frame_get_buffer(frame, 0) < 0) {
                throw new IllegalStateException("no memory for a picture of " + width + "x" + height);
            }
        }
        return frame;
    }

    private static void copyPlanes(AVFrame frame, BytePointer target) {
        int width = frame.width();
        int height = frame.height();
        av_image_copy_to_buffer(
                target,
                FrameInfo.bytes(width, height),
                frame.data(),
                frame.linesize(),
                AV_PIX_FMT_YUV420P,
                width,
                height,
                1);
    }

    private void freeStaging() {
        if (staging != null) {
            av_frame_free(staging);
            staging = null;
        }
    }

    private static boolean isFullRangeFormat(int format) {
        return format == AV_PIX_FMT_YUVJ420P
                || format == AV_PIX_FMT_YUVJ422P
                || format == AV_PIX_FMT_YUVJ444P
                || format == AV_PIX_FMT_YUVJ440P
                || format == AV_PIX_FMT_YUVJ411P;
    }

    @Override
    public void close() {
        if (converter != null) {
            sws_freeContext(converter);
            converter = null;
        }
        freeStaging();
        if (download != null) {
            av_frame_free(download);
            download = null;
        }
    }
}
