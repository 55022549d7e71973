package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * An MP4 file in the making, with boxes drawn on its pictures; plays in browsers, and starts before all of it is
 * loaded. It is complete once it is closed. One thread at a time.
 */
public final class Mp4File implements Closeable {
    private final Path file;
    private final Canvas canvas;
    private final AVFormatContext format = new AVFormatContext((Pointer) null);
    private @Nullable PictureEncoder encoder;
    private long lastTicks = -1;
    private boolean intact;
    private boolean closed;

    static {
        av_log_set_level(AV_LOG_FATAL);
    }

    /**
     * Creates or replaces the file.
     *
     * @param stream size of the pictures, and their nominal rate
     * @throws IOException if the file cannot be written; nothing is left open then
     */
    public Mp4File(Path file, StreamInfo stream) throws IOException {
        this.file = file;
        this.canvas = new Canvas(stream.width(), stream.height());
        try {
            open(stream);
            intact = true;
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void open(StreamInfo stream) throws IOException {
        PictureEncoder opened = encoder(stream);
        encoder = opened;
        String address = "file:" + file.toAbsolutePath();
        check(avformat_alloc_output_context2(format, null, "mp4", address));
        AVStream video = avformat_new_stream(format, null);
        check(avcodec_parameters_from_context(video.codecpar(), opened.context()));
        video.time_base(opened.context().time_base());
        video.avg_frame_rate(opened.context().framerate());
        AVIOContext output = new AVIOContext((Pointer) null);
        check(avio_open(output, address, AVIO_FLAG_WRITE));
        format.pb(output);
        try (AVDictionary options = new AVDictionary((Pointer) null)) {
            try {
                av_dict_set(options, "movflags", "+faststart", 0);
                check(avformat_write_header(format, options));
            } finally {
                av_dict_free(options);
            }
        }
    }

    private PictureEncoder encoder(StreamInfo stream) throws IOException {
        try {
            return new PictureEncoder(stream.width(), stream.height(), stream.framesPerSecond());
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds a picture; the caller keeps its lease.
     *
     * @param time since the first picture; where it does not grow, the picture is put right behind the one before
     * @param overlays boxes to draw, in pixels of the frame
     */
    public void write(Frame frame, Duration time, List<Overlay> overlays) throws IOException {
        if (encoder == null || closed) {
            throw new IOException(file + ": is closed");
        }
        long ticks = Math.round(time.toNanos() / 1e9 * PictureEncoder.TICKS_PER_SECOND);
        lastTicks = Math.max(lastTicks + 1, ticks);
        canvas.paint(frame);
        overlays.forEach(canvas::draw);
        intact = false;
        encoder.encode(canvas.picture(), lastTicks, this::add);
        intact = true;
    }

    private void add(AVPacket packet) throws IOException {
        packet.stream_index(0);
        try (AVRational ticks = av_make_q(1, PictureEncoder.TICKS_PER_SECOND)) {
            av_packet_rescale_ts(packet, ticks, format.streams(0).time_base());
        }
        check(av_interleaved_write_frame(format, packet));
    }

    private void check(int code) throws IOException {
        if (code < 0) {
            throw new IOException(file + ": cannot be written: " + FfmpegErrors.words(code));
        }
    }

    /** Completes the file, unless writing it has failed before. May be called twice. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (intact && encoder != null) {
                encoder.finish(this::add);
                check(av_write_trailer(format));
            }
        } finally {
            free();
        }
    }

    private void free() throws IOException {
        if (encoder != null) {
            encoder.close();
        }
        canvas.close();
        int code = 0;
        if (!format.isNull()) {
            if (format.pb() != null) {
                AVIOContext output = format.pb();
                code = avio_closep(output);
                format.pb(null);
            }
            avformat_free_context(format);
            format.setNull();
        }
        if (intact) {
            check(code);
        }
    }
}
