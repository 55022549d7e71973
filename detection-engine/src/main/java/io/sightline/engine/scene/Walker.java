package io.sightline.engine.scene;

import io.sightline.engine.detect.BoundingBox;
import java.util.List;
import java.util.Random;

/** A drawn person on its way through {@link DrawnWalkers}; places in pixels. */
final class Walker {
    private static final double TALLEST = 0.22;
    private static final double SHORTEST = 40;
    private static final double SLENDER = 0.4;
    private static final double SWAY = 0.02;

    private static final int PATIENCE = 6;
    private static final double PAUSE = 0.8;

    private final List<Step> way;
    private final double speed;
    private final double phase;
    private final DrawnPicture.Clothes clothes;
    private int hiddenFrames;
    private double pause;
    private double age;
    private int leg;
    private double waited;
    private double x;
    private double y;

    /** One who waits for a while when it has come to a place. @param seconds not negative */
    record Step(double x, double y, double seconds) {}

    /** @param speed in own heights per second */
    Walker(List<Step> way, double speed, Random random, DrawnPicture.Clothes clothes) {
        this.clothes = clothes;
        this.way = way;
        this.speed = speed;
        this.phase = random.nextDouble() * 2 * Math.PI;
        x = way.get(0).x;
        y = way.get(0).y;
    }

    /** Height of a person whose feet are so far down in the picture. */
    static double heightAt(double y) {
        return SHORTEST + TALLEST * y;
    }

    /** Who is hidden by another for a while lets that one go ahead, as nobody walks inside somebody else for long. */
    void hidden(boolean now) {
        hiddenFrames = now ? hiddenFrames + 1 : Math.max(0, hiddenFrames - 1);
        if (hiddenFrames > PATIENCE) {
            hiddenFrames = 0;
            pause = PAUSE;
        }
    }

    /** @return false when it has arrived */
    boolean walk(double seconds) {
        age += seconds;
        pause -= seconds;
        if (pause > 0) {
            return true;
        }
        if (leg >= way.size()) {
            return false;
        }
        var to = way.get(leg);
        double distance = Math.hypot(to.x - x, to.y - y);
        double step = speed * heightAt(y) * seconds;
        if (distance > step) {
            x += (to.x - x) / distance * step;
            y += (to.y - y) / distance * step;
            return true;
        }
        x = to.x;
        y = to.y;
        waited += seconds;
        if (waited >= to.seconds) {
            waited = 0;
            leg++;
        }
        return leg < way.size();
    }

    /** Seconds since it came, or since it was overlooked last. */
    double age() {
        return age;
    }

    void overlooked() {
        age = 0;
    }

    /** Whether it is waiting or going to wait less than its height away. */
    boolean waitsNear(Step place) {
        return way.stream()
                .skip(leg)
                .anyMatch(
                        step -> step.seconds > 0 && Math.hypot(step.x - place.x, step.y - place.y) < heightAt(place.y));
    }

    DrawnPicture.Clothes clothes() {
        return clothes;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double height() {
        return heightAt(y);
    }

    /** The box around it, as it is: arms and legs swing. */
    BoundingBox box(double time) {
        double height = height();
        double width = height * (SLENDER + 2 * SWAY * Math.sin(phase + time * 2 * Math.PI * 1.8));
        return new BoundingBox(x - width / 2, y - height, width, height);
    }
}
