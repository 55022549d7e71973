package io.sightline.engine.video;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.scene.Point;
import java.util.List;

/** Something to be drawn on a picture; texts may be empty, and other than ASCII is shown as question marks. */
public sealed interface Overlay {

    /**
     * A box around an object.
     *
     * @param box in pixels of the original picture
     * @param text a few words above the box
     */
    record Box(BoundingBox box, String text) implements Overlay {}

    /**
     * A place, outlined and shaded a little.
     *
     * @param polygon at least three points in fractions of the picture
     * @param text a few words at its first point
     * @param alert whether it is to be noticed
     */
    record Area(List<Point> polygon, String text, boolean alert) implements Overlay {
        public Area {
            polygon = List.copyOf(polygon);
        }
    }

    /**
     * A line with a small arrow to its right side, seen from its start.
     *
     * @param from start, in fractions of the picture
     * @param to end, in fractions of the picture
     * @param text a few words at its start
     */
    record Border(Point from, Point to, String text) implements Overlay {}
}
