package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** What FFmpeg may do while it opens a source. */
final class FfmpegOptions {
    static final long MOST_PIXELS = 64_000_000;

    private static final int MOST_STREAMS = 16;

    /** Of a camera, because FFmpeg gathers a picture of each in memory of its own. */
    private static final int MOST_STREAMS_OF_A_CAMERA = 4;

    /** What is not known of a live stream after so many bytes, its first picture tells. */
    private static final long LIVE_PROBE_BYTES = 256 << 10;

    /** FFmpeg would wait for seven pictures of H.264 otherwise, to guess how far they are out of order. */
    private static final long LIVE_PROBE_MICROS = 300_000;

    private static final Duration FFMPEG_TIMEOUT = Duration.ofMinutes(15);

    private FfmpegOptions() {}

    /**
     * How a source is read; null where FFmpeg finds out.
     *
     * @param limit of the call that opens the source
     */
    static @Nullable AVInputFormat format(VideoSettings settings, AVFormatContext context, BlockedCalls.Limit limit)
            throws VideoException {
        if (settings.scheme() == VideoSettings.Scheme.V4L2) {
            return UsbInput.format(settings, context);
        }
        if (!settings.scheme().live()) {
            return null;
        }
        limit.whenAsked(() -> av_opt_set(context, "protocol_whitelist", "rtp,udp", 0));
        return av_find_input_format("rtsp");
    }

    /** Further ones are left out. */
    static int mostStreams(VideoSettings settings) {
        return settings.scheme().network() ? MOST_STREAMS_OF_A_CAMERA : MOST_STREAMS;
    }

    /**
     * FFmpeg may make one TCP connection, to the address it is given: once it waits for that (and has taken its copy of
     * the list), TCP is taken off the list, so that a redirect goes nowhere. For live streams the {@link BlockedCalls}
     * limit ends every wait; FFmpeg's own is out of the way.
     */
    static Map<String, String> of(VideoSettings settings) {
        if (settings.scheme() == VideoSettings.Scheme.V4L2) {
            return UsbInput.options(settings);
        }
        if (!settings.scheme().live()) {
            return Map.of("protocol_whitelist", "file");
        }
        return Map.of(
                "protocol_whitelist",
                "rtsp,rtp,udp,tcp",
                "rtsp_transport",
                settings.overUdp() ? "udp" : "tcp",
                "allowed_media_types",
                "video",
                "timeout",
                Long.toString(FFMPEG_TIMEOUT.toNanos() / 1000));
    }

    /**
     * Opens a source; where that fails, FFmpeg frees the context.
     *
     * @param address may hold the login
     * @param forced how it is read; null where FFmpeg finds out
     * @return negative where it failed
     */
    static int open(
            AVFormatContext context, String address, @Nullable AVInputFormat forced, Map<String, String> wanted) {
        try (AVDictionary options = new AVDictionary((Pointer) null)) {
            try {
                wanted.forEach((key, value) -> av_dict_set(options, key, value, 0));
                return avformat_open_input(context, address, forced, options);
            } finally {
                av_dict_free(options);
            }
        }
    }

    /**
     * Reads what the streams are. FFmpeg decodes here already: a header that tells of 65535x65535 pixels is to cost no
     * memory.
     *
     * @return negative where it failed
     */
    static int findStreamInfo(VideoSettings settings, AVFormatContext format) {
        if (settings.scheme().live()) {
            format.fps_probe_size(0);
            format.probesize(LIVE_PROBE_BYTES);
            format.max_analyze_duration(LIVE_PROBE_MICROS);
        }
        int streams = format.nb_streams();
        int made = 0;
        try (PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams))) {
            try {
                while (made < streams) {
                    AVDictionary one = new AVDictionary((Pointer) null);
                    av_dict_set(one, "max_pixels", Long.toString(MOST_PIXELS), 0);
                    options.put(made++, one);
                }
                return avformat_find_stream_info(format, options);
            } finally {
                free(options, made);
            }
        }
    }

    private static void free(PointerPointer<AVDictionary> options, int count) {
        for (int i = 0; i < count; i++) {
            AVDictionary unread = options.get(AVDictionary.class, i);
            if (unread != null) {
                av_dict_free(unread);
            }
        }
    }
}
