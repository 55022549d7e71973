package io.sightline.hub.settings;

import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Frames;
import io.sightline.engine.video.VideoSettings.Hardware;
import java.util.Locale;

/** The keys of what is decoded of the stream that is looked at. */
record DecodeKeys(
        @Setting(
                value =
                        "Which pictures are decoded: `all`, those that others need (`reference`), those that need no other"
                                + " (`key`, one every few seconds), or `auto`: `all`, and `reference` where that leaves twice as"
                                + " many as `detect-fps`.",
                standard = DecodeKeys.AUTO,
                oneOf = {DecodeKeys.AUTO, "all", "reference", "key"})
        String frames,

        @Setting(
                value =
                        "Decodes smaller pictures where the codec can: JPEG, MPEG-2 and MPEG-4 part 2, not H.264 or H.265.",
                standard = DecodeKeys.NONE,
                oneOf = {DecodeKeys.NONE, "half", "quarter", "eighth"})
        String shrink,

        @Setting(
                value = "Threads of the decoder; with more than one, pictures come as many pictures later.",
                standard = "1",
                min = 1,
                max = 16)
        int threads,

        @Setting(
                value =
                        "What decodes: the processor (`none`), a device of that kind, or `auto`: a device where one is.",
                standard = DecodeKeys.NONE,
                oneOf = {DecodeKeys.NONE, DecodeKeys.AUTO, "cuda", "vaapi", "d3d11va", "videotoolbox"})
        String hardware)
        implements Keys<Decode> {
    private static final String AUTO = "auto";
    private static final String NONE = "none";

    /** Without how many pictures are wanted. */
    @Override
    public Decode value() {
        int divisor =
                switch (shrink) {
                    case "half" -> 2;
                    case "quarter" -> 4;
                    case "eighth" -> 8;
                    default -> 1;
                };
        return new Decode(
                Frames.valueOf(frames.toUpperCase(Locale.ROOT)),
                0,
                divisor,
                threads,
                Hardware.valueOf(hardware.toUpperCase(Locale.ROOT)));
    }
}
