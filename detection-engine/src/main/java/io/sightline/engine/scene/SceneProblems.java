package io.sightline.engine.scene;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with zones and lines as they were drawn; for whoever reads a configuration. */
public final class SceneProblems {
    private static final int FEWEST_POINTS = 3;
    private static final int MOST_POINTS = 1000;

    private SceneProblems() {}

    /** @return each problem in words that name what was got and what is allowed; empty if the zone can be used */
    public static List<String> of(Zone zone) {
        var problems = ofPolygon(zone.polygon());
        if (zone.minDwell().isNegative()) {
            problems.add("min-dwell is " + zone.minDwell() + ", it must not be negative");
        }
        if (zone.crowd() < 0 || zone.crowdAfter().isNegative()) {
            problems.add("crowd is " + zone.crowd() + " after " + zone.crowdAfter() + ", neither may be negative");
        }
        return problems;
    }

    /** @return each problem of a polygon, in the same words; a list of the caller's own */
    public static List<String> ofPolygon(List<Point> polygon) {
        var problems = new ArrayList<String>();
        polygon.forEach(point -> requireInPicture(point, problems));
        if (polygon.size() < FEWEST_POINTS || polygon.size() > MOST_POINTS) {
            problems.add(
                    "polygon has " + polygon.size() + " points, allowed are " + FEWEST_POINTS + " to " + MOST_POINTS);
        } else {
            requireSimple(polygon, problems);
        }
        return problems;
    }

    /** @return each problem in words that name what was got and what is allowed; empty if the line can be used */
    public static List<String> of(Line line) {
        var problems = new ArrayList<String>();
        requireInPicture(line.from(), problems);
        requireInPicture(line.to(), problems);
        if (line.from().equals(line.to())) {
            problems.add("the line starts and ends at " + text(line.from()) + ", its ends must differ");
        }
        return problems;
    }

    private static void requireInPicture(Point point, List<String> problems) {
        boolean inside = point.x() >= 0 && point.x() <= 1 && point.y() >= 0 && point.y() <= 1;
        if (!inside) {
            problems.add("point " + text(point) + " is outside the picture, allowed are 0 to 1 across and down");
        }
    }

    /** No two edges but neighbours share a point, and neighbours share only their corner. */
    private static void requireSimple(List<Point> polygon, List<String> problems) {
        int count = polygon.size();
        for (int i = 0; i < count; i++) {
            if (polygon.get(i).equals(polygon.get((i + 1) % count))) {
                problems.add("point " + text(polygon.get(i)) + " comes twice in a row");
                return;
            }
        }
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                if (clash(polygon, i, j)) {
                    problems.add("the edge from " + text(polygon.get(i)) + " to "
                            + text(polygon.get((i + 1) % count)) + " meets the one from " + text(polygon.get(j))
                            + " to "
                            + text(polygon.get((j + 1) % count)) + ", edges must not cross");
                    return;
                }
            }
        }
    }

    private static boolean clash(List<Point> polygon, int i, int j) {
        int count = polygon.size();
        Point a = polygon.get(i);
        Point b = polygon.get((i + 1) % count);
        Point c = polygon.get(j);
        Point d = polygon.get((j + 1) % count);
        if (j == i + 1) {
            return foldsBack(a, b, d);
        }
        if ((j + 1) % count == i) {
            return foldsBack(c, a, b);
        }
        return Geometry.cross(a, b, c, d);
    }

    /** Whether the way from a by b to c turns round and covers itself. */
    private static boolean foldsBack(Point a, Point b, Point c) {
        boolean straight = Geometry.rightOf(a, b, c) == 0;
        double forward = (b.x() - a.x()) * (c.x() - b.x()) + (b.y() - a.y()) * (c.y() - b.y());
        return straight && forward < 0;
    }

    private static String text(Point point) {
        return "[" + point.x() + ", " + point.y() + "]";
    }
}
