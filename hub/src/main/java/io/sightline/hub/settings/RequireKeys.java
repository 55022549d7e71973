package io.sightline.hub.settings;

import io.sightline.camera.CameraRequirements;
import java.util.Set;

/** The keys of what a camera's pictures must be like. */
record RequireKeys(
        @Setting(value = "Pixels.", standard = "0", max = 65_535)
        int minWidth,

        @Setting(value = "Pixels.", standard = "0", max = 65_535)
        int minHeight,

        @Setting(
                value = "Pictures per second as they arrive, whatever the camera announces; a twentieth less is borne.",
                standard = "0",
                max = 1000)
        double minFps,

        @Setting("Codings of which it must be one, for example `[h264, h265]`; any where it is missing.")
        Set<String> codec,

        @Setting(value = "`true`: the stream must offer sound.", standard = "false")
        boolean audio)
        implements Keys<CameraRequirements> {
    @Override
    public CameraRequirements value() {
        return new CameraRequirements(minWidth, minHeight, minFps, codec, audio);
    }
}
