package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.sightline.engine.video.VideoException.Cause;
import java.util.HashMap;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

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
        boolean freed = false;
        try {
            context.interrupt_callback().callback(BlockedCalls.callback());
            limit.whenAsked(() -> av_opt_set(context, "protocol_whitelist", "rtp,udp", 0)); // as FfmpegOptions tells
            int code = FfmpegOptions.open(context, address, av_find_input_format("rtsp"), wanted);
            if (code < 0) {
                freed = true; // by FFmpeg
                throw FfmpegErrors.opening(settings, code);
            }
            if (limit.reached()) {
                throw FfmpegErrors.problem(
                        settings, Cause.SILENT, settings.shownAddress() + " did not tell in time which sound it has");
            }
            return first(context);
        } finally {
            if (!freed) {
                avformat_close_input(context);
            }
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
