package io.sightline.hub.settings;

import io.sightline.engine.detect.Priority;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
        Duration minDwell,

        @Setting(
                value = "The priority that its camera has at least while an object is in it.",
                standard = "low",
                oneOf = {"low", "normal", "high"})
        String priority,

        @Setting(value = "So many at once, or more, are a crowd; 0: never said.", standard = "0", max = 1000)
        int crowd,

        @Setting(
                value = "How long there must be so many, or fewer again, before it is said.",
                standard = "5s",
                max = 3600)
        Duration crowdAfter)
        implements Keys<Zone> {
    @Override
    public Zone value() {
        return new Zone(
                id, polygon, labels, minDwell, Priority.valueOf(priority.toUpperCase(Locale.ROOT)), crowd, crowdAfter);
    }
}
