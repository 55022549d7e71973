package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.util.HashMap;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;

/**
 * Asks an RTSP server for the sound in its description. The pictures' own connection leaves the sound out, so that no
 * byte of it is sent and nobody waits for it.
 */
final class SoundOffer {
    private SoundOffer() {}

    /** @param address what FFmpeg is given; may hold the login */
    static Optional<String> ask(VideoSettings settings, String address) throws VideoException {
        long deadline = System.nanoTime() + settings.silenceLimit().toNanos();
        try (var limit = BlockedCalls.limit(deadline, () -> false)) {
            return ask(settings, address, limit);
        }
    }

    private static Optional<String> ask(VideoSettings settings, String address, BlockedCalls.Limit limit)
            throws VideoException {
        var wanted = new HashMap<>(FfmpegOptions.of(settings));
        wanted.put("allowed_media_types", "audio");
        wanted.put("initial_pause", "1");
        AVFormatContext context = avformat_alloc_context();
        context.interrupt_callback().callback(BlockedCalls.callback());
        limit.whenAsked(() -> av_opt_set(context, "protocol_whitelist", "rtp,udp", 0)); // as FfmpegOptions tells
        try (AVDictionary options = new AVDictionary((Pointer) null)) {
            wanted.forEach((key, value) -> av_dict_set(options, key, value, 0));
            int code = avformat_open_input(context, address, av_find_input_format("rtsp"), options);
            av_dict_free(options);
            if (code < 0) {
                throw FfmpegErrors.opening(settings, code);
            }
        }
        try {
            return limit.reached() ? Optional.empty() : first(context);
        } finally {
            avformat_close_input(context);
        }
    }

    private static Optional<String> first(AVFormatContext context) {
        for (int i = 0; i < context.nb_streams(); i++) {
            AVCodecParameters parameters = context.streams(i).codecpar();
            if (parameters.codec_type() == AVMEDIA_TYPE_AUDIO) {
                return Optional.of(avcodec_get_name(parameters.codec_id()).getString());
            }
        }
        return Optional.empty();
    }
}
