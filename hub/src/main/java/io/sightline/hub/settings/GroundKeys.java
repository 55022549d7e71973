package io.sightline.hub.settings;

import io.sightline.engine.scene.GroundPlane;
import io.sightline.engine.scene.GroundPoint;
import io.sightline.engine.scene.Point;
import java.util.List;

/** The keys of a calibrated ground. */
record GroundKeys(
        @Setting("Four corners of an area on level ground, `[x, y]` in fractions of the picture, going round.")
        List<Point> points,

        @Setting("The same corners in the same order, `[x, y]` in metres from any origin.")
        List<GroundPoint> metres)
        implements Keys<GroundPlane> {
    @Override
    public GroundPlane value() {
        return new GroundPlane(points, metres);
    }
}
