package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_hw_config;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_find_type_by_name;

import io.sightline.engine.video.VideoSettings.Hardware;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Decoding devices of this machine. Each is opened when the first stream asks for it, shared by all, and kept until the
 * process ends; one that is not there is looked for again by the next stream. Any thread.
 */
final class HardwareDevices {
    private static final List<Hardware> BEST_FIRST =
            List.of(Hardware.CUDA, Hardware.VAAPI, Hardware.D3D11VA, Hardware.VIDEOTOOLBOX);
    private static final Map<Hardware, AVBufferRef> OPEN = new EnumMap<>(Hardware.class);

    private HardwareDevices() {}

    /**
     * Tells a decoder that is not open yet to use a device.
     *
     * @param wanted a device, or {@link Hardware#AUTO} for the first that is there and knows the codec
     * @return whether there is one
     */
    static boolean attach(AVCodecContext context, AVCodec codec, Hardware wanted) {
        for (Hardware device : wanted == Hardware.AUTO ? BEST_FIRST : List.of(wanted)) {
            int type = av_hwdevice_find_type_by_name(device.name().toLowerCase(Locale.ROOT));
            AVBufferRef open = knows(codec, type) ? open(device, type) : null;
            if (open != null) {
                context.hw_device_ctx(av_buffer_ref(open)); // the decoder gives its reference back when it is freed
                return true;
            }
        }
        return false;
    }

    private static boolean knows(AVCodec codec, int type) {
        for (int i = 0; ; i++) {
            AVCodecHWConfig config = avcodec_get_hw_config(codec, i);
            if (config == null) {
                return false;
            }
            boolean byDevice = (config.methods() & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0;
            if (byDevice && config.device_type() == type) {
                return true;
            }
        }
    }

    private static synchronized @Nullable AVBufferRef open(Hardware device, int type) {
        AVBufferRef known = OPEN.get(device);
        if (known != null) {
            return known;
        }
        var made = new AVBufferRef((Pointer) null);
        if (av_hwdevice_ctx_create(made, type, (String) null, (AVDictionary) null, 0) < 0) {
            return null;
        }
        OPEN.put(device, made);
        return made;
    }
}
