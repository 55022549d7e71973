package io.sightline.engine.packet;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** FFmpeg's MP4 muxer with one stream, and all native memory of it; into a file or into memory. One thread at a time. */
final class Mp4Muxer implements AutoCloseable {
    /** The usual clock of video; a tick is 11 µs. */
    private static final int TICKS_PER_SECOND = 90_000;

    /** Nanoseconds that a picture is shown, where nothing tells. */
    static final long USUAL_LENGTH = 40_000_000;

    /** What players of Apple want to read; others take it as well. */
    private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;

    static {
        av_log_set_level(AV_LOG_FATAL);
    }

    private final String name;
    private final boolean toMemory;
    private final StreamFormat.Tick tick;
    private final AVFormatContext format = new AVFormatContext((Pointer) null);
    private final AVPacket packet = av_packet_alloc();
    private long lastTicks = -1;

    /**
     * @param file created or replaced; empty: all goes into memory, see {@link #take}
     * @param flags how the MP4 is laid out, {@code movflags} of FFmpeg
     * @throws IOException if it cannot be written; nothing is left open then
     */
    Mp4Muxer(StreamFormat stream, Optional<Path> file, String flags) throws IOException {
        this.name = file.map(Path::toString).orElse("MP4 in memory");
        this.toMemory = file.isEmpty();
        this.tick = stream.tick();
        try {
            open(stream, file.map(path -> "file:" + path.toAbsolutePath()), flags);
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void open(StreamFormat stream, Optional<String> address, String flags) throws IOException {
        check(avformat_alloc_output_context2(format, null, "mp4", address.orElse(null)));
        AVStream video = avformat_new_stream(format, null);
        parameters(video.codecpar(), stream);
        video.time_base().num(1).den(TICKS_PER_SECOND);
        AVIOContext output = new AVIOContext((Pointer) null);
        check(toMemory ? avio_open_dyn_buf(output) : avio_open(output, address.orElseThrow(), AVIO_FLAG_WRITE));
        format.pb(output);
        try (AVDictionary options = new AVDictionary((Pointer) null)) {
            try {
                av_dict_set(options, "movflags", flags, 0);
                check(avformat_write_header(format, options));
            } finally {
                av_dict_free(options);
            }
        }
    }

    private static void parameters(AVCodecParameters to, StreamFormat stream) {
        to.codec_type(AVMEDIA_TYPE_VIDEO)
                .codec_id(stream.codecId())
                .codec_tag(stream.codecId() == AV_CODEC_ID_HEVC ? HVC1 : 0)
                .width(stream.width())
                .height(stream.height());
        byte[] sets = stream.extra();
        var memory = new BytePointer(av_mallocz(sets.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
        memory.put(sets, 0, sets.length);
        to.extradata(memory).extradata_size(sets.length);
    }

    /**
     * @param one with both times, in ticks of the stream
     * @param origin stream time that becomes zero, in its ticks
     * @param length how long the picture is shown, as far as is known, in its ticks
     */
    void write(EncodedPacket one, long origin, long length) throws IOException {
        check(av_new_packet(packet, one.bytes().length));
        packet.data().put(one.bytes());
        long ticks = Math.max(lastTicks + 1, ticks(one.dts() - origin));
        lastTicks = ticks;
        packet.stream_index(0)
                .dts(ticks)
                .pts(Math.max(ticks, ticks(one.pts() - origin)))
                .duration(Math.max(1, ticks(length)))
                .flags(one.key() ? AV_PKT_FLAG_KEY : 0);
        try (AVRational base = av_make_q(1, TICKS_PER_SECOND)) {
            av_packet_rescale_ts(packet, base, format.streams(0).time_base());
        }
        int code = av_write_frame(format, packet);
        av_packet_unref(packet);
        check(code);
    }

    private long ticks(long ofStream) {
        return Math.round((double) ofStream * TICKS_PER_SECOND * tick.numerator() / tick.denominator());
    }

    /** Ends the fragment under way. @return all that was written since the last call; only of an MP4 in memory */
    byte[] take() throws IOException {
        check(av_write_frame(format, null));
        AVIOContext output = format.pb();
        avio_flush(output);
        var memory = new BytePointer((Pointer) null);
        int size = avio_close_dyn_buf(output, memory);
        format.pb(null);
        try {
            var bytes = new byte[size];
            memory.get(bytes, 0, size);
            return bytes;
        } finally {
            av_free(memory);
            AVIOContext fresh = new AVIOContext((Pointer) null);
            check(avio_open_dyn_buf(fresh));
            format.pb(fresh);
        }
    }

    /** Completes a file; all of it was given to the operating system when it returns. */
    void finish() throws IOException {
        check(av_write_trailer(format));
        AVIOContext output = format.pb();
        int code = avio_closep(output);
        format.pb(null);
        check(code);
    }

    private void check(int code) throws IOException {
        if (code < 0) {
            var words = new byte[128];
            av_strerror(code, words, words.length);
            String text = new String(words, StandardCharsets.UTF_8);
            throw new IOException(name + ": cannot be written: " + text.substring(0, text.indexOf(0)));
        }
    }

    /** Gives all memory back; what was not finished is not whole. May be called twice. */
    @Override
    public void close() {
        if (!packet.isNull()) {
            av_packet_free(packet);
        }
        if (format.isNull()) {
            return;
        }
        AVIOContext output = format.pb();
        if (output != null && toMemory) {
            var memory = new BytePointer((Pointer) null);
            avio_close_dyn_buf(output, memory);
            av_free(memory);
        } else if (output != null) {
            avio_closep(output);
        }
        format.pb(null);
        avformat_free_context(format);
        format.setNull();
    }
}
