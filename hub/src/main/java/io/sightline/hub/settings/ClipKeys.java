package io.sightline.hub.settings;

import io.sightline.processors.clips.ClipSettings;
import java.time.Duration;

/** The keys of clips. */
record ClipKeys(
        @Setting(value = "Whether each detection gets a clip of H.264 or H.265 video.", standard = "false")
        boolean enabled,

        @Setting(
                value = "What a clip shows of the time before; up to one key frame interval more.",
                standard = "5s",
                max = 60)
        Duration before,

        @Setting(value = "What it shows of the time after.", standard = "5s", max = 60)
        Duration after,

        @Setting(value = "Longest clip; more than `before` and `after` together.", standard = "2m", min = 1, max = 3600)
        Duration longest,

        @Setting(
                value = "Memory for the seconds before, of each camera; what is too much shortens them.",
                standard = "16MiB",
                unit = Setting.Unit.BYTES,
                min = 1 << 20,
                max = 1 << 30)
        long memory)
        implements Keys<ClipSettings> {
    @Override
    public ClipSettings value() {
        return new ClipSettings(enabled, before, after, longest, memory);
    }
}
