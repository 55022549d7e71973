package io.sightline.hub.settings;

import io.sightline.engine.scene.Line;
import io.sightline.engine.scene.Point;
import java.util.Set;

/** The keys of a line. */
record LineKeys(
        String id,

        @Setting("Start, `[x, y]` in fractions of the picture.")
        Point from,

        @Setting("End; not the start.") Point to,

        @Setting("Which objects count; all where it is missing.")
        Set<String> labels)
        implements Keys<Line> {
    @Override
    public Line value() {
        return new Line(id, from, to, labels);
    }
}
