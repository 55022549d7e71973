package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_profile_name;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;

import io.sightline.engine.packet.StreamFormat;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** What a stream says of itself, once it is open. */
final class OfferedStream {
    private static final double MOST_FRAMES_PER_SECOND = 1000;

    private OfferedStream() {}

    /** For who keeps packets. */
    static StreamFormat format(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        var extra = new byte[parameters.extradata_size()];
        if (extra.length > 0) {
            parameters.extradata().get(extra);
        }
        return new StreamFormat(
                avcodec_get_name(parameters.codec_id()).getString(),
                parameters.codec_id(),
                parameters.width(),
                parameters.height(),
                extra,
                new StreamFormat.Tick(
                        stream.time_base().num(), stream.time_base().den()));
    }

    /** @param decoder null where nothing is decoded */
    static StreamInfo info(AVStream stream, @Nullable AVCodecContext decoder, DecoderSetup setup) {
        AVCodecParameters parameters = stream.codecpar();
        return new StreamInfo(
                avcodec_get_name(parameters.codec_id()).getString(),
                setup.shrunk(parameters.width()),
                setup.shrunk(parameters.height()),
                framesPerSecond(stream, decoder),
                Math.max(0, stream.nb_frames()));
    }

    /** What the container tells, else the decoder. */
    private static double framesPerSecond(AVStream stream, @Nullable AVCodecContext decoder) {
        double told = framesPerSecond(stream.avg_frame_rate(), stream.r_frame_rate());
        return told > 0 || decoder == null ? told : framesPerSecond(decoder.framerate());
    }

    private static double framesPerSecond(AVRational... rates) {
        for (AVRational rate : rates) {
            if (rate.num() > 0 && rate.den() > 0 && rate.num() / (double) rate.den() <= MOST_FRAMES_PER_SECOND) {
                return rate.num() / (double) rate.den();
            }
        }
        return 0;
    }

    /** Profile of the coding, for example {@code High}; empty where it is not known. */
    static Optional<String> profile(AVCodecContext decoder) {
        var name = avcodec_profile_name(decoder.codec_id(), decoder.profile());
        return Optional.ofNullable(name).map(BytePointer::getString);
    }

    /** Coding of the sound beside the pictures; empty where there is none or it was not asked for. */
    static Optional<String> sound(AVFormatContext format) {
        int sound = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (PointerPointer<?>) null, 0);
        return sound < 0
                ? Optional.empty()
                : Optional.of(avcodec_get_name(format.streams(sound).codecpar().codec_id())
                        .getString());
    }
}
