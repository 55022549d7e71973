package io.sightline.hub.settings;

import io.sightline.engine.scene.Point;
import java.util.List;

/** The keys of a place of which only the outline matters: a mask, or a region that is covered. */
record OutlineKeys(
        String id,

        @Setting("At least three points `[x, y]` in fractions of the picture; its sides do not cross.")
        List<Point> polygon)
        implements Keys<List<Point>> {
    @Override
    public List<Point> value() {
        return polygon;
    }
}
