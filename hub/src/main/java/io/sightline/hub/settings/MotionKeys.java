package io.sightline.hub.settings;

import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Sensitivity;
import io.sightline.engine.scene.Point;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Which of a camera's pictures are looked at (live).
 *
 * @param gate false: all of them
 * @param sensitivity {@code low}, {@code medium} or {@code high}
 * @param forcedLook longest time between two looks at the whole picture; 1 s to 1 h
 * @param masks polygons in which nothing counts as motion
 */
public record MotionKeys(
        @Setting(value = "`false`: the detector looks at every picture, also where nothing moves.", standard = "true")
        boolean gate,

        @Setting(
                value = "`high` for far or faint objects, `low` for much weather.",
                standard = "medium",
                oneOf = {"low", "medium", "high"})
        String sensitivity,

        @Setting(
                value = "Longest time between two looks at the whole picture where nothing moves.",
                standard = "60s",
                min = 1,
                max = 3600)
        Duration forcedLook,

        @Setting(value = "Places in which nothing counts as motion, by id.", items = OutlineKeys.class)
        List<List<Point>> masks) {

    /** As the gate takes them. */
    public MotionSettings settings() {
        return new MotionSettings(gate, Sensitivity.valueOf(sensitivity.toUpperCase(Locale.ROOT)), forcedLook, masks);
    }
}
