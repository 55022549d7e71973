package io.sightline.hub.settings;

import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of a zone. */
record ZoneKeys(
        String id,

        @Setting("At least three points `[x, y]` in fractions of the picture; its sides do not cross.")
        List<Point> polygon,

        @Setting("Which objects count; all where it is missing.")
        Set<String> labels,

        @Setting(
                value = "How long an object stays before it is said to dwell; `0s`: never said.",
                standard = "0s",
                max = 86_400)
        Duration minDwell) {
    Zone zone() {
        return new Zone(id, polygon, labels, minDwell);
    }
}
