package io.sightline.engine.video;

import java.awt.Color;
import java.util.Optional;
import java.util.Random;

/**
 * One walker of the demo scene, from entering the picture until leaving it. All of it follows from seed, lane and
 * number; nothing is stored.
 *
 * @param id unique within one scene
 * @param start second at which the walk begins
 * @param path corners, x and y of the feet in pixels; the walker waits at {@code waitAt}
 * @param waitAt number of a corner, -1 for a walk without a stop
 * @param waiting seconds
 * @param pace pixels per second of a walker who is {@value #USUAL_HEIGHT} pixels high
 */
record DemoWalk(int id, double start, double[][] path, int waitAt, double waiting, double pace, Look look) {
    /** Colours of clothes, hair and skin. */
    record Look(Color jacket, Color trousers, Color hair, Color skin) {}

    /**
     * Where the walker is at one moment.
     *
     * @param x middle of the feet in pixels
     * @param y lower edge of the feet in pixels
     * @param height of the figure in pixels
     * @param stride how far along its steps the figure is, in radians
     * @param swing 1 while walking, 0 while standing
     */
    record Stance(double x, double y, double height, double stride, double swing) {}

    static final int LANES = 4;
    private static final double USUAL_HEIGHT = 140;
    private static final double[] PERIODS = {25, 23, 31, 27};
    private static final double[] FIRST_STARTS = {-9, -4, -13, -21};
    private static final double OUTSIDE = 45;
    private static final Color[] JACKETS = {
        new Color(38, 50, 80),
        new Color(70, 36, 40),
        new Color(34, 62, 52),
        new Color(52, 48, 46),
        new Color(60, 42, 74)
    };
    private static final Color[] TROUSERS = {new Color(40, 44, 56), new Color(52, 46, 42), new Color(32, 36, 44)};
    private static final Color[] HAIR = {new Color(44, 32, 24), new Color(28, 26, 26), new Color(82, 60, 40)};
    private static final Color[] SKIN = {new Color(222, 184, 158), new Color(196, 150, 120), new Color(140, 98, 74)};

    /** The walker who may be in the picture in a lane at a second since the start; there is at most one. */
    static DemoWalk at(long seed, int lane, double second) {
        long number = (long) Math.floor((second - FIRST_STARTS[lane]) / PERIODS[lane]);
        var random = new Random(seed * 1_000_003L + lane * 7919L + number * 104_729L);
        random.nextInt();
        double start = FIRST_STARTS[lane] + number * PERIODS[lane] + random.nextDouble() * 2;
        var look = new Look(pick(JACKETS, random), pick(TROUSERS, random), pick(HAIR, random), pick(SKIN, random));
        int id = Math.floorMod((int) (number * LANES + lane), Integer.MAX_VALUE);
        double pace = 46 + random.nextDouble() * 10;
        double[][] path = lane == 2 ? acrossTheStreet(random) : alongThePavement(lane, random);
        boolean stops = lane == 2 || random.nextInt(3) == 0;
        double waiting = stops ? 1 + random.nextDouble() * 1.5 : 0;
        return new DemoWalk(id, start, path, stops ? 1 : -1, waiting, pace, look);
    }

    private static double[][] alongThePavement(int lane, Random random) {
        double y =
                switch (lane) {
                    case 0 -> 252 + random.nextDouble() * 8;
                    case 1 -> 412 + random.nextDouble() * 10;
                    default -> 392 + random.nextDouble() * 8;
                };
        double middle = DemoScene.WIDTH * (0.3 + 0.4 * random.nextDouble());
        double[][] path = {{-OUTSIDE, y}, {middle, y}, {DemoScene.WIDTH + OUTSIDE, y}};
        return random.nextBoolean() ? path : reversed(path);
    }

    private static double[][] acrossTheStreet(Random random) {
        double x = DemoScene.ZEBRA_MIDDLE - 18 + random.nextDouble() * 36;
        boolean fromLeft = random.nextBoolean();
        double entry = fromLeft ? -OUTSIDE : DemoScene.WIDTH + OUTSIDE;
        double[][] path = {{entry, 264}, {x, 266}, {x, 402}, {DemoScene.WIDTH - entry, 402}};
        return random.nextBoolean() ? path : reversed(path);
    }

    private static double[][] reversed(double[][] path) {
        double[][] back = new double[path.length][];
        for (int i = 0; i < path.length; i++) {
            back[i] = path[path.length - 1 - i];
        }
        return back;
    }

    private static Color pick(Color[] colours, Random random) {
        return colours[random.nextInt(colours.length)];
    }

    /** Height of a person whose feet are at y: the lower in the picture, the nearer and larger. */
    static double heightAt(double y) {
        return 114 + (y - 252) * 54 / 170;
    }

    /** Where the walker is, or empty before and after the walk. */
    Optional<Stance> stance(double second) {
        double left = second - start;
        double walked = 0;
        if (left < 0) {
            return Optional.empty();
        }
        for (int i = 0; i + 1 < path.length; i++) {
            if (i == waitAt) {
                if (left < waiting) {
                    return Optional.of(standing(path[i], walked));
                }
                left -= waiting;
            }
            double length = Math.hypot(path[i + 1][0] - path[i][0], path[i + 1][1] - path[i][1]);
            double speed = pace * heightAt((path[i][1] + path[i + 1][1]) / 2) / USUAL_HEIGHT;
            if (left < length / speed) {
                return Optional.of(walking(i, left * speed / length, walked + left * speed));
            }
            left -= length / speed;
            walked += length;
        }
        return Optional.empty();
    }

    private static Stance standing(double[] at, double walked) {
        return new Stance(at[0], at[1], heightAt(at[1]), stride(walked, at[1]), 0);
    }

    private Stance walking(int leg, double part, double walked) {
        double x = path[leg][0] + part * (path[leg + 1][0] - path[leg][0]);
        double y = path[leg][1] + part * (path[leg + 1][1] - path[leg][1]);
        return new Stance(x, y, heightAt(y), stride(walked, y), 1);
    }

    private static double stride(double walked, double y) {
        return walked / heightAt(y) * 2 * Math.PI / 0.62;
    }
}
