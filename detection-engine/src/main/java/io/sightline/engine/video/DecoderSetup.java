package io.sightline.engine.video;

import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Hardware;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Asks a decoder for what the settings want of it, and knows what it did not get. One thread. */
final class DecoderSetup {
    /** What is told where a camera is decoded by the processor although it should not be. */
    static final String NO_HARDWARE = "NO_HARDWARE";

    private final Decode decode;
    private int halvings;
    private boolean judged;
    private boolean missing;

    DecoderSetup(Decode decode) {
        this.decode = decode;
    }

    /** Before the decoder is opened. */
    void apply(AVCodecContext context, AVCodec codec) {
        context.thread_count(decode.threads());
        halvings = Math.min(Integer.numberOfTrailingZeros(decode.shrink()), codec.max_lowres());
        context.lowres(halvings);
        if (decode.hardware() != Hardware.NONE) {
            boolean attached = HardwareDevices.attach(context, codec, decode.hardware());
            judged = !attached;
            missing = !attached && decode.hardware() != Hardware.AUTO;
        }
    }

    /** A side of the pictures that come out. @param pixels that side of the stream */
    int shrunk(int pixels) {
        return -(-pixels >> halvings);
    }

    /** A device may be there and still refuse a stream; FFmpeg then goes on without it. */
    void decoded(AVFrame frame) {
        if (!judged && decode.hardware() != Hardware.NONE) {
            judged = true;
            missing = frame.hw_frames_ctx() == null && decode.hardware() != Hardware.AUTO;
        }
    }

    Optional<VideoSource.Warning> warning() {
        if (!missing) {
            return Optional.empty();
        }
        String device = decode.hardware().name().toLowerCase(Locale.ROOT);
        return Optional.of(new VideoSource.Warning(
                NO_HARDWARE,
                "decoded by the processor: " + device + " is not there or cannot decode this stream;"
                        + " install its driver, or take hardware: auto or none"));
    }
}
