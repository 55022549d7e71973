package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** What FFmpeg may do while it opens a source. */
final class FfmpegOptions {
    static final long MOST_PIXELS = 64_000_000;

    private static final Duration FFMPEG_TIMEOUT = Duration.ofMinutes(15);

    private FfmpegOptions() {}

    /**
     * FFmpeg may make one TCP connection, to the address it is given: once it waits for that (and has taken its copy of
     * the list), TCP is taken off the list, so that a redirect goes nowhere. For live streams the {@link BlockedCalls}
     * limit ends every wait; FFmpeg's own is out of the way.
     */
    static Map<String, String> of(VideoSettings settings) {
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
     * FFmpeg decodes here already: a header that tells of 65535x65535 pixels is to cost no memory.
     *
     * @return negative where it failed
     */
    static int findStreamInfo(AVFormatContext format) {
        int streams = format.nb_streams();
        try (PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams))) {
            for (int i = 0; i < streams; i++) {
                AVDictionary one = new AVDictionary((Pointer) null);
                av_dict_set(one, "max_pixels", Long.toString(MOST_PIXELS), 0);
                options.put(i, one);
            }
            int code = avformat_find_stream_info(format, options);
            for (int i = 0; i < streams; i++) {
                AVDictionary unread = options.get(AVDictionary.class, i);
                if (unread != null) {
                    av_dict_free(unread);
                }
            }
            return code;
        }
    }
}
