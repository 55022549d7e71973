package io.sightline.engine.scene;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.track.Appearance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * People who cross two lines of a drawn street, or wait on them, or turn back, and what an imperfect detector sees of
 * them: trembling boxes, misses alone and in a row, people hidden by others and by a pillar, legs cut off, wrong objects.
 */
final class DrawnWalkers {
    static final int WIDTH = 1280;
    static final int HEIGHT = 720;
    static final Line GATE = new Line("gate", new Point(0.5, 0.3), new Point(0.55, 1), Set.of());
    static final Line KERB = new Line("kerb", new Point(0.02, 0.6), new Point(0.98, 0.66), Set.of());

    private static final BoundingBox PILLAR = new BoundingBox(560, 0, 34, HEIGHT);
    private static final double NOISE = 0.02;
    private static final double HEIGHT_NOISE = 0.035;
    private static final double ARRIVALS = 0.4;
    private static final int MOST = 6;
    private static final double SLENDER = 0.4;
    private static final double FAR = 2.5;
    private static final double BLINKS = 0.3;
    private static final double BLINK_EVERY = 2.5;
    private static final double HIDDEN = 0.4;
    private static final double APART = 0.5;

    /** What most walk in a second. */
    private static final double BESIDE = 0.8;

    private static final DrawnPicture.Clothes CONCRETE =
            new DrawnPicture.Clothes(new int[][] {{150, 128, 128}, {150, 128, 128}}, 10);

    private final Random random;
    private final Random wardrobe;
    private final DrawnPicture picture;
    private final List<Walker> walkers = new ArrayList<>();
    private final List<Blink> blinks = new ArrayList<>();
    private double time;

    DrawnWalkers(long seed) {
        random = new Random(seed);
        wardrobe = new Random(~seed);
        picture = new DrawnPicture(wardrobe);
    }

    List<Walker> walkers() {
        return walkers;
    }

    /** Moves everybody on. @return those who left with this */
    List<Walker> walk(double seconds) {
        time += seconds;
        var left = new ArrayList<Walker>();
        walkers.removeIf(walker -> !walker.walk(seconds) && left.add(walker));
        blinks.removeIf(blink -> blink.until < time);
        if (walkers.size() < MOST && random.nextDouble() < ARRIVALS * seconds) {
            arrive();
        }
        for (Walker walker : walkers) {
            if (walker.age() > BLINK_EVERY && random.nextDouble() < BLINKS * seconds) {
                walker.overlooked();
                blinks.add(new Blink(walker, time + 0.2 + 0.8 * random.nextDouble()));
            }
        }
        return left;
    }

    /** What those look like whom {@link #look} spoke of; until it speaks again. */
    Appearance appearance() {
        return picture.appearance();
    }

    /** What the detector says of this moment. */
    List<SeenObject> look() {
        var seen = new ArrayList<SeenObject>();
        var nearestFirst = new ArrayList<>(walkers);
        nearestFirst.sort(Comparator.comparingDouble(Walker::y).reversed());
        var before = new ArrayList<BoundingBox>(List.of(PILLAR));
        picture.clear();
        picture.behind(PILLAR, CONCRETE);
        for (Walker walker : nearestFirst) {
            var box = walker.box(time);
            picture.behind(box, walker.clothes());
            double hidden = before.stream()
                    .mapToDouble(other -> covered(box, other))
                    .max()
                    .orElse(0);
            walker.hidden(hidden > HIDDEN && covered(box, PILLAR) < HIDDEN);
            boolean blinks = this.blinks.stream().anyMatch(blink -> blink.walker == walker);
            boolean missed = hidden > 0.7 || hidden > HIDDEN && random.nextDouble() < 0.5 || random.nextDouble() < 0.08;
            if (!blinks && !missed) {
                seen.add(new SeenObject("person", confidence(hidden), tremble(box, hidden)));
            }
            before.add(box);
        }
        if (random.nextDouble() < 0.02) {
            double y = 250 + 450 * random.nextDouble();
            double x = 100 + 1000 * random.nextDouble();
            double height = Walker.heightAt(y);
            seen.add(new SeenObject("person", 0.65, new BoundingBox(x, y - height, 0.4 * height, height)));
        }
        return seen;
    }

    private double confidence(double hidden) {
        double sure = 0.8 - 0.3 * hidden + 0.1 * random.nextGaussian();
        return Math.max(0.2, Math.min(0.98, sure));
    }

    /** Who is half hidden often loses the legs. */
    private BoundingBox tremble(BoundingBox box, double hidden) {
        double scale = box.height();
        double height = scale * (1 + HEIGHT_NOISE * random.nextGaussian());
        double width = box.width() + scale * NOISE * random.nextGaussian();
        double x = box.x() + scale * NOISE * random.nextGaussian();
        double y = box.y() + scale * NOISE * random.nextGaussian();
        boolean cut = hidden > 0.3 && random.nextDouble() < 0.3;
        return new BoundingBox(x, y, width, cut ? height * (0.7 + 0.2 * random.nextDouble()) : height);
    }

    private static double covered(BoundingBox box, BoundingBox by) {
        double width = Math.min(box.right(), by.right()) - Math.max(box.x(), by.x());
        double height = Math.min(box.bottom(), by.bottom()) - Math.max(box.y(), by.y());
        return width <= 0 || height <= 0 ? 0 : width * height / box.area();
    }

    private void arrive() {
        boolean atGate = random.nextBoolean();
        for (int attempt = 0; attempt < 200; attempt++) {
            var way = atGate ? way(GATE, KERB) : way(KERB, GATE);
            if (!way.isEmpty() && isFree(way)) {
                double speed =
                        random.nextInt(10) == 0 ? 1.1 + 0.4 * random.nextDouble() : 0.55 + 0.5 * random.nextDouble();
                walkers.add(new Walker(way, speed, random, DrawnPicture.Clothes.any(wardrobe)));
                return;
            }
        }
    }

    /** Nobody waits where somebody else is going to wait: people do not stand inside each other. */
    private boolean isFree(List<Walker.Step> way) {
        return way.stream().filter(step -> step.seconds() > 0).allMatch(step -> walkers.stream()
                .noneMatch(walker -> walker.waitsNear(step)));
    }

    /** A way across a line, or only up to it and back; empty if it comes into doubt at the other line. */
    private List<Walker.Step> way(Line line, Line other) {
        double along = 0.12 + 0.76 * random.nextDouble();
        double cx = (line.from().x() + along * (line.to().x() - line.from().x())) * WIDTH;
        double cy = (line.from().y() + along * (line.to().y() - line.from().y())) * HEIGHT;
        double height = Walker.heightAt(cy);
        double dx = (line.to().x() - line.from().x()) * WIDTH;
        double dy = (line.to().y() - line.from().y()) * HEIGHT;
        double length = Math.hypot(dx, dy);
        double side = random.nextBoolean() ? 1 : -1;
        double slant = 0.7 * (random.nextDouble() - 0.5);
        var across =
                new double[] {side * (-dy / length + slant * dx / length), side * (dx / length + slant * dy / length)};
        var way = new ArrayList<Walker.Step>();
        double far = FAR + 1.5 * random.nextDouble();
        way.add(at(cx, cy, across, -far * height));
        switch (random.nextInt(10)) {
            case 0 -> { // turns back before the line
                way.add(at(cx, cy, across, -(0.1 + 0.9 * random.nextDouble()) * height));
                way.add(at(cx, cy, across, -far * height));
            }
            case 1, 2 -> { // waits on the line, to and fro, and goes on or back
                for (int i = 0; i < 4; i++) {
                    var step = at(cx, cy, across, (random.nextDouble() - 0.5) * 0.2 * height);
                    way.add(new Walker.Step(step.x(), step.y(), 2 * random.nextDouble()));
                }
                way.add(at(cx, cy, across, (random.nextBoolean() ? far : -far) * height));
            }
            case 3 -> { // crosses and comes back
                var turn = at(cx, cy, across, (0.8 + 1.5 * random.nextDouble()) * height);
                way.add(new Walker.Step(turn.x(), turn.y(), 1 + 2 * random.nextDouble()));
                way.add(at(cx, cy, across, -far * height));
            }
            default -> way.add(at(cx, cy, across, far * height));
        }
        boolean plain = way.stream().allMatch(DrawnWalkers::inView) && clearOf(other, way);
        return plain ? way : List.of();
    }

    private static Walker.Step at(double x, double y, double[] direction, double distance) {
        return new Walker.Step(x + direction[0] * distance, y + direction[1] * distance, 0);
    }

    /** In the street, and whoever waits does not wait behind the pillar. */
    private static boolean inView(Walker.Step step) {
        double half = SLENDER * Walker.heightAt(step.y()) / 2;
        boolean hidden = step.x() + half > PILLAR.x() && step.x() - half < PILLAR.right();
        boolean inStreet = step.x() > 70 && step.x() < WIDTH - 70 && step.y() > 260 && step.y() < HEIGHT - 15;
        return inStreet && !(hidden && step.seconds() > 0);
    }

    /** The way crosses the other line boldly or stays away from it. */
    private static boolean clearOf(Line line, List<Walker.Step> way) {
        if (!isSeenBeside(line, way.get(0)) || !isSeenBeside(line, way.get(way.size() - 1))) {
            return false;
        }
        double before = 0;
        for (Walker.Step step : way) {
            double now = heightsFrom(line, step.x(), step.y());
            if (Math.abs(now) < APART || before * now < 0 && Math.abs(now - before) < 3 * APART) {
                return false;
            }
            before = now;
        }
        return true;
    }

    /** People come and go where the detector has seen them for a moment before they are at a line. */
    private static boolean isSeenBeside(Line line, Walker.Step end) {
        return Math.abs(heightsFrom(line, end.x(), end.y())) > BESIDE;
    }

    /** Distance from a line, in heights of a person there; positive to its right. */
    static double heightsFrom(Line line, double x, double y) {
        var point = new Point(x / WIDTH, y / HEIGHT);
        double pixels = Geometry.distanceToLine(line, point, new Geometry.Size(WIDTH, HEIGHT));
        return Math.signum(Geometry.rightOf(line.from(), line.to(), point)) * pixels / Walker.heightAt(y);
    }

    /** A walker whom the detector overlooks for a while. */
    private record Blink(Walker walker, double until) {}
}
