package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;

/**
 * Where a box is and how it moves: one {@link AxisFilter} each for centre, width and height.
 *
 * <p>Source: centre, width and height as the state from Aharon, Orfaig and Bobrovsky, "BoT-SORT: Robust Associations
 * Multi-Pedestrian Tracking", 2022, arXiv 2206.14651; that the size rests while an object is not seen from Zhang et
 * al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022.
 */
final class BoxFilter {
    /** No box gets smaller than this in a prediction, in pixels. */
    private static final double SMALLEST = 1;

    /** Boxes end so far before the picture's edge, as a share of its size, when the object reaches it. */
    private static final double EDGE = 0.02;

    private final AxisFilter x;
    private final AxisFilter y;
    private final AxisFilter width;
    private final AxisFilter height;

    BoxFilter(BoundingBox box) {
        double scale = Math.max(SMALLEST, box.height());
        x = new AxisFilter(box.x() + box.width() / 2, scale);
        y = new AxisFilter(box.y() + box.height() / 2, scale);
        width = new AxisFilter(box.width(), scale);
        height = new AxisFilter(box.height(), scale);
    }

    /** @param seen false: the size stays, since nothing tells how it changes */
    void predict(double seconds, boolean seen) {
        double scale = scale();
        x.predict(seconds, scale);
        y.predict(seconds, scale);
        if (seen) {
            width.predict(seconds, scale);
            height.predict(seconds, scale);
        }
    }

    void correct(BoundingBox box) {
        double scale = scale();
        x.correct(box.x() + box.width() / 2, scale);
        y.correct(box.y() + box.height() / 2, scale);
        width.correct(box.width(), scale);
        height.correct(box.height(), scale);
    }

    BoundingBox box() {
        double w = Math.max(SMALLEST, width.place());
        double h = scale();
        return new BoundingBox(x.place() - w / 2, y.place() - h / 2, w, h);
    }

    boolean centreWithin(int frameWidth, int frameHeight) {
        return x.place() >= 0 && x.place() <= frameWidth && y.place() >= 0 && y.place() <= frameHeight;
    }

    /** Whether the box touches the picture's edge or is beyond it. */
    boolean isLeaving(int frameWidth, int frameHeight) {
        var box = box();
        double marginX = EDGE * frameWidth;
        double marginY = EDGE * frameHeight;
        return box.x() <= marginX
                || box.y() <= marginY
                || box.right() >= frameWidth - marginX
                || box.bottom() >= frameHeight - marginY;
    }

    private double scale() {
        return Math.max(SMALLEST, height.place());
    }
}
