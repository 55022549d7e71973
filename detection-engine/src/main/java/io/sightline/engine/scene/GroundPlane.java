package io.sightline.engine.scene;

import java.util.List;
import java.util.Optional;

/**
 * The way from the picture to the level ground that it shows: a homography through four points.
 *
 * <p>Source: Hartley and Zisserman, "Multiple View Geometry in Computer Vision", 2nd edition, 2004, section 4.1 (four
 * correspondences give eight equations; the ninth element is set to 1). Immutable.
 */
public final class GroundPlane {
    private static final int CORNERS = 4;
    private static final int UNKNOWNS = 8;

    /** A triangle of three corners smaller than this share of all four's extent is a line. */
    private static final double FLAT = 1e-3;

    private final List<Point> points;
    private final List<GroundPoint> metres;
    /** The middle of the points, from which the equations measure: it is on the ground for certain. */
    private final Point middle;

    private final double[] h;

    /**
     * @param points four places on the ground, in fractions of the picture; no three on one line
     * @param metres the same places in the same order, in metres; no three on one line
     * @throws IllegalArgumentException if they tell nothing, with the reason
     */
    public GroundPlane(List<Point> points, List<GroundPoint> metres) {
        if (points.size() != CORNERS || metres.size() != CORNERS) {
            throw new IllegalArgumentException("got " + points.size() + " points and " + metres.size()
                    + " places in metres, allowed are four each, in the same order");
        }
        this.points = List.copyOf(points);
        this.metres = List.copyOf(metres);
        requireSpread(
                "points",
                points.stream().map(p -> new GroundPoint(p.x(), p.y())).toList());
        requireSpread("metres", metres);
        middle = new Point(
                points.stream().mapToDouble(Point::x).average().orElseThrow(),
                points.stream().mapToDouble(Point::y).average().orElseThrow());
        h = Equations.solve(equations());
        for (Point point : points) {
            if (depth(point) <= 0) {
                throw new IllegalArgumentException("points and metres do not go round in the same order: one of them"
                        + " crosses itself and the other does not");
            }
        }
    }

    /** @return where on the ground a point of the picture is, or empty at and above the horizon */
    public Optional<GroundPoint> at(Point point) {
        double depth = depth(point);
        if (depth <= 1e-9) {
            return Optional.empty();
        }
        double x = point.x() - middle.x();
        double y = point.y() - middle.y();
        return Optional.of(new GroundPoint((h[0] * x + h[1] * y + h[2]) / depth, (h[3] * x + h[4] * y + h[5]) / depth));
    }

    /** Positive below the horizon. */
    private double depth(Point point) {
        return h[6] * (point.x() - middle.x()) + h[7] * (point.y() - middle.y()) + 1;
    }

    private double[][] equations() {
        var rows = new double[UNKNOWNS][];
        for (int i = 0; i < CORNERS; i++) {
            double x = points.get(i).x() - middle.x();
            double y = points.get(i).y() - middle.y();
            double across = metres.get(i).x();
            double along = metres.get(i).y();
            rows[2 * i] = new double[] {x, y, 1, 0, 0, 0, -x * across, -y * across, across};
            rows[2 * i + 1] = new double[] {0, 0, 0, x, y, 1, -x * along, -y * along, along};
        }
        return rows;
    }

    private static void requireSpread(String what, List<GroundPoint> corners) {
        double extent = 0;
        for (GroundPoint a : corners) {
            for (GroundPoint b : corners) {
                extent = Math.max(extent, a.distance(b));
            }
        }
        for (int left = 0; left < CORNERS; left++) {
            var a = corners.get((left + 1) % CORNERS);
            var b = corners.get((left + 2) % CORNERS);
            var c = corners.get((left + 3) % CORNERS);
            double twice = Math.abs((b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x()));
            if (!(twice > FLAT * extent * extent)) {
                throw new IllegalArgumentException(what + ": three of the four are on one line or in one place, allowed"
                        + " are four corners of an area");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroundPlane plane && points.equals(plane.points) && metres.equals(plane.metres);
    }

    @Override
    public int hashCode() {
        return 31 * points.hashCode() + metres.hashCode();
    }

    @Override
    public String toString() {
        return "GroundPlane[" + points + ", " + metres + "]";
    }
}
