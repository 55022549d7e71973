package io.sightline.engine.scene;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.track.Appearance;
import io.sightline.engine.track.FrameColours;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The colours of a drawn street at one moment: who is nearer hides who is behind, light differs from place to place, and
 * every pixel has noise. People dress so that they look alike as often as on real streets do: see {@link Clothes}.
 */
final class DrawnPicture {
    /** Share of a box's width that the body fills; beside it the street is seen. */
    private static final double BODY = 0.8;

    private static final int STREET = 120;
    private static final int STREET_TEXTURE = 30;
    private static final int NOISE = 8;

    /** Light changes by so much across the street, of 255. */
    private static final double LIGHT = 22;

    /** With every step a jacket or trousers may look so much brighter or darker. */
    private static final int FOLDS = 22;

    private static final double LIGHT_WAVE = 150;
    private static final int GREY = 128;

    private final List<Body> nearestFirst = new ArrayList<>();
    private final Random seeds;
    private int noise;

    DrawnPicture(Random random) {
        seeds = random;
    }

    void clear() {
        nearestFirst.clear();
        noise = seeds.nextInt();
    }

    /** Draws it behind those that were drawn before. */
    void behind(BoundingBox box, Clothes clothes) {
        nearestFirst.add(new Body(box, clothes));
    }

    /** Valid until it is drawn anew. */
    Appearance appearance() {
        return new FrameColours(DrawnWalkers.WIDTH, DrawnWalkers.HEIGHT, this::yuv);
    }

    private int yuv(int x, int y) {
        int grain = grain(x, y, noise) * NOISE / 128;
        for (Body body : nearestFirst) {
            if (body.covers(x, y)) {
                return body.yuv(x, y, grain + (int) (LIGHT * Math.sin(x / LIGHT_WAVE)));
            }
        }
        int ground = STREET + grain + grain(x / 8, y / 8, 0) * STREET_TEXTURE / 128;
        return clamp(ground) << 16 | GREY << 8 | GREY;
    }

    /** Evenly spread from -128 to 127, and always the same for the same place. */
    private static int grain(int x, int y, int seed) {
        int h = (x * 0x9E3779B1 + seed) * 0x85EBCA6B ^ y * 0xC2B2AE35;
        h = (h ^ h >>> 15) * 0x2C1B3C6D;
        return (h ^ h >>> 13) >> 24;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /**
     * Brightness and colour differences of jacket and trousers, 0 to 255, and how strong the pattern of the cloth is.
     *
     * @param halves {@code y, u, v} of the upper and of the lower half
     */
    record Clothes(int[][] halves, int pattern) {
        private static final double SPREAD = 28;
        private static final double JACKET = 95;
        private static final double TROUSERS = 80;
        private static final double CHROMA = 3.5;

        /** Mostly dark and pale, as on streets: two people are alike at 0.75 on average, one pair of twenty at 0.9. */
        static Clothes any(Random random) {
            return new Clothes(new int[][] {half(JACKET, random), half(TROUSERS, random)}, 40 + random.nextInt(40));
        }

        private static int[] half(double brightness, Random random) {
            return new int[] {
                clamp((int) (brightness + SPREAD * random.nextGaussian())),
                clamp((int) (GREY + CHROMA * random.nextGaussian())),
                clamp((int) (GREY + CHROMA * random.nextGaussian()))
            };
        }
    }

    private record Body(BoundingBox box, Clothes clothes) {
        boolean covers(int x, int y) {
            double fromAxis = Math.abs(x - box.x() - box.width() / 2);
            return y >= box.y() && y < box.bottom() && fromAxis < BODY * box.width() / 2;
        }

        int yuv(int x, int y, int light) {
            double down = (y - box.y()) / box.height();
            double across = (x - box.x()) / box.width();
            int part = down < 0.5 ? 0 : 1;
            var half = clothes.halves[part];
            int fold = grain(part, (int) box.x(), (int) box.bottom()) * FOLDS / 128;
            int pattern = grain((int) (across * 8), (int) (down * 20), half[0]) * clothes.pattern / 128;
            int tint = pattern / 8;
            return clamp(half[0] + pattern + fold + light) << 16 | clamp(half[1] + tint) << 8 | clamp(half[2] - tint);
        }
    }
}
