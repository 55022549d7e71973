package io.sightline.engine.scene;

import java.util.List;

/**
 * Plane geometry in fractions of the picture; distances in pixels, so that they mean the same across and down.
 *
 * <p>Sources: the even-odd rule from Shimrat, "Algorithm 112: Position of point relative to polygon", Communications
 * of the ACM 1962; sides and crossings by signed areas from O'Rourke, "Computational Geometry in C", 2nd edition,
 * 1998, chapter 1.
 */
final class Geometry {
    /** Nearer to the picture's border than this is on it. */
    private static final double BORDER = 1e-3;

    private Geometry() {}

    /** Even-odd rule. */
    static boolean inside(List<Point> polygon, Point p) {
        boolean inside = false;
        Point a = polygon.get(polygon.size() - 1);
        for (Point b : polygon) {
            boolean spans = (a.y() > p.y()) != (b.y() > p.y());
            if (spans && p.x() < (b.x() - a.x()) * (p.y() - a.y()) / (b.y() - a.y()) + a.x()) {
                inside = !inside;
            }
            a = b;
        }
        return inside;
    }

    /** Distance in pixels to the nearest edge that can be crossed: one along the picture's border cannot. */
    static double distanceToEdge(List<Point> polygon, Point p, Size size) {
        double nearest = Double.POSITIVE_INFINITY;
        Point a = polygon.get(polygon.size() - 1);
        for (Point b : polygon) {
            if (!alongBorder(a, b)) {
                nearest = Math.min(nearest, distanceToSegment(a, b, p, size));
            }
            a = b;
        }
        return nearest;
    }

    /** Positive to the right of the line seen from its start, negative to the left; y grows downwards. */
    static double rightOf(Point from, Point to, Point p) {
        return (to.x() - from.x()) * (p.y() - from.y()) - (to.y() - from.y()) * (p.x() - from.x());
    }

    /** Distance in pixels to the line, prolonged on both ends. */
    static double distanceToLine(Line line, Point p, Size size) {
        double dx = (line.to().x() - line.from().x()) * size.width();
        double dy = (line.to().y() - line.from().y()) * size.height();
        double px = (p.x() - line.from().x()) * size.width();
        double py = (p.y() - line.from().y()) * size.height();
        return Math.abs(dx * py - dy * px) / Math.hypot(dx, dy);
    }

    /** Whether the way from a to b, which are on different sides of the line, passes between its ends. */
    static boolean passesBetweenEnds(Line line, Point a, Point b) {
        double before = rightOf(line.from(), line.to(), a);
        double after = rightOf(line.from(), line.to(), b);
        double share = before / (before - after);
        double x = a.x() + share * (b.x() - a.x());
        double y = a.y() + share * (b.y() - a.y());
        double dx = line.to().x() - line.from().x();
        double dy = line.to().y() - line.from().y();
        double along = ((x - line.from().x()) * dx + (y - line.from().y()) * dy) / (dx * dx + dy * dy);
        return along >= 0 && along <= 1;
    }

    /** Whether two segments share a point. */
    static boolean cross(Point a, Point b, Point c, Point d) {
        double c1 = rightOf(a, b, c);
        double d1 = rightOf(a, b, d);
        double a2 = rightOf(c, d, a);
        double b2 = rightOf(c, d, b);
        if (c1 == 0 && d1 == 0) {
            return overlap(a.x(), b.x(), c.x(), d.x()) && overlap(a.y(), b.y(), c.y(), d.y());
        }
        return c1 * d1 <= 0 && a2 * b2 <= 0;
    }

    private static boolean overlap(double a, double b, double c, double d) {
        return Math.max(a, b) >= Math.min(c, d) && Math.max(c, d) >= Math.min(a, b);
    }

    private static boolean alongBorder(Point a, Point b) {
        return bothAt(a.x(), b.x(), 0) || bothAt(a.x(), b.x(), 1) || bothAt(a.y(), b.y(), 0) || bothAt(a.y(), b.y(), 1);
    }

    private static boolean bothAt(double a, double b, double border) {
        return Math.abs(a - border) < BORDER && Math.abs(b - border) < BORDER;
    }

    private static double distanceToSegment(Point a, Point b, Point p, Size size) {
        double dx = (b.x() - a.x()) * size.width();
        double dy = (b.y() - a.y()) * size.height();
        double px = (p.x() - a.x()) * size.width();
        double py = (p.y() - a.y()) * size.height();
        double square = dx * dx + dy * dy;
        double along = square == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
        return Math.hypot(px - along * dx, py - along * dy);
    }

    /** The picture's, in pixels. */
    record Size(int width, int height) {}
}
