package io.sightline.hub.settings;

import io.sightline.engine.scene.GroundPoint;
import io.sightline.engine.scene.Point;
import io.sightline.hub.files.YamlFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads points and polygons, in fractions of the picture. */
final class Shapes {
    private static final int MAX_POINTS = 100;

    private static final int FURTHEST = 100_000;

    private final Reading reading;

    Shapes(Reading reading) {
        this.reading = reading;
    }

    @Nullable
    Point point(Node node, String key) {
        if (!(node instanceof SequenceNode pair) || pair.getValue().size() != 2) {
            reading.problem(
                    YamlFile.line(node), key + ": allowed is a point [x, y] with fractions of the picture from 0 to 1");
            return null;
        }
        double x = fraction(pair.getValue().get(0), key);
        double y = fraction(pair.getValue().get(1), key);
        return Double.isNaN(x) || Double.isNaN(y) ? null : new Point(x, y);
    }

    private double fraction(Node node, String key) {
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "a list";
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException expected) {
            // told below
        }
        reading.problem(
                YamlFile.line(node), key + ": got '" + text + "', allowed are fractions of the picture from 0 to 1");
        return Double.NaN;
    }

    @Nullable
    List<Point> polygon(Node node, String key) {
        if (!(node instanceof SequenceNode list)) {
            reading.problem(YamlFile.line(node), key + ": allowed is a list of at least 3 points [x, y]");
            return null;
        }
        int line = YamlFile.line(node);
        int size = list.getValue().size();
        if (size < 3 || size > MAX_POINTS) {
            reading.problem(line, key + ": got " + size + " points, allowed are 3 to " + MAX_POINTS);
            return null;
        }
        var points = new ArrayList<Point>();
        for (Node item : list.getValue()) {
            Point point = point(item, key);
            if (point != null) {
                points.add(point);
            }
        }
        if (points.size() < size) {
            return null;
        }
        return simple(points, line, key) ? List.copyOf(points) : null;
    }

    /** @return places on the ground, or null if one of them was refused */
    @Nullable
    List<GroundPoint> metres(Node node, String key) {
        var places = new ArrayList<GroundPoint>();
        var items = node instanceof SequenceNode list ? list.getValue() : List.<Node>of();
        for (Node item : items) {
            var pair = item instanceof SequenceNode two ? two.getValue() : List.<Node>of();
            double x = pair.size() == 2 ? metre(pair.get(0)) : Double.NaN;
            double y = pair.size() == 2 ? metre(pair.get(1)) : Double.NaN;
            if (!Double.isNaN(x) && !Double.isNaN(y)) {
                places.add(new GroundPoint(x, y));
            }
        }
        if (places.isEmpty() || places.size() < items.size()) {
            reading.problem(
                    YamlFile.line(node),
                    key + ": allowed is a list of four places [x, y] in metres, each from -" + FURTHEST + " to "
                            + FURTHEST);
            return null;
        }
        return List.copyOf(places);
    }

    private static double metre(Node node) {
        try {
            double value = node instanceof ScalarNode scalar ? Double.parseDouble(scalar.getValue()) : Double.NaN;
            return Math.abs(value) <= FURTHEST ? value : Double.NaN;
        } catch (NumberFormatException expected) {
            return Double.NaN;
        }
    }

    private boolean simple(List<Point> points, int line, String key) {
        int size = points.size();
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                boolean neighbours = j == i + 1 || (i == 0 && j == size - 1);
                var first = new Side(points.get(i), points.get((i + 1) % size));
                var second = new Side(points.get(j), points.get((j + 1) % size));
                if (neighbours ? points.get(i).equals(points.get(j)) : first.meets(second)) {
                    reading.problem(
                            line,
                            key + ": sides " + (i + 1) + " and " + (j + 1)
                                    + " touch or cross each other, allowed is a polygon whose sides do not");
                    return false;
                }
            }
        }
        if (Math.abs(area(points)) < 1e-6) {
            reading.problem(line, key + ": the points lie on one line, allowed is a polygon with an area");
            return false;
        }
        return true;
    }

    private static double area(List<Point> points) {
        double twice = 0;
        for (int i = 0; i < points.size(); i++) {
            Point a = points.get(i);
            Point b = points.get((i + 1) % points.size());
            twice += a.x() * b.y() - b.x() * a.y();
        }
        return twice / 2;
    }

    private record Side(Point from, Point to) {
        boolean meets(Side other) {
            double a = turn(from, to, other.from);
            double b = turn(from, to, other.to);
            double c = turn(other.from, other.to, from);
            double d = turn(other.from, other.to, to);
            return a * b < 0 && c * d < 0
                    || a == 0 && holds(other.from)
                    || b == 0 && holds(other.to)
                    || c == 0 && other.holds(from)
                    || d == 0 && other.holds(to);
        }

        private boolean holds(Point point) {
            return Math.min(from.x(), to.x()) <= point.x()
                    && point.x() <= Math.max(from.x(), to.x())
                    && Math.min(from.y(), to.y()) <= point.y()
                    && point.y() <= Math.max(from.y(), to.y());
        }

        private static double turn(Point a, Point b, Point c) {
            return Math.signum((b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x()));
        }
    }
}
