package io.sightline.engine.motion;

import io.sightline.engine.detect.BoundingBox;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * A yard in shades of grey, drawn from a seed: walls, windows and gravel, now and then a walker, and the weather. Knows
 * where the walker is. Frames in any order, one thread at a time.
 */
final class DrawnScene {
    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    static final int FRAMES_PER_SECOND = 5;

    /** Somebody comes once in so many seconds. */
    private static final int PERIOD = 150;

    private static final int MARGIN = 8;
    private static final int WIDE = WIDTH + 2 * MARGIN;
    private static final int HIGH = HEIGHT + 2 * MARGIN;
    private static final int STREAKS = 120;
    private static final int SEEDS = 1_000_003;

    private final Weather weather;
    private final long seed;
    private final boolean busy;
    private final float[] day;
    private final float[] night;
    private final float[] noise;
    private final float[] border = border();
    private final float[] open = new float[WIDTH * HEIGHT];
    private final float[] picture = new float[WIDTH * HEIGHT];
    private final byte[] bytes = new byte[WIDTH * HEIGHT];

    /** One walk through the picture; times in seconds from the start. */
    private record Walk(double from, double seconds, double height, double feet, double shade, boolean leftwards) {
        Optional<BoundingBox> at(double second) {
            double share = (second - from) / seconds;
            if (share < 0 || share > 1) {
                return Optional.empty();
            }
            double width = height * 0.36;
            double way = WIDTH + width;
            double x = leftwards ? WIDTH - share * way : share * way - width;
            return Optional.of(new BoundingBox(x, feet - height, width, height));
        }
    }

    /** @param busy whether anybody comes at all */
    DrawnScene(Weather weather, long seed, boolean busy) {
        this.weather = weather;
        this.seed = seed;
        this.busy = busy;
        this.day = yard(new Random(seed), 0.25f);
        this.night = yard(new Random(seed), -0.5f);
        this.noise = new float[4 * WIDTH * HEIGHT];
        Arrays.fill(open, 1);
        var random = new Random(~seed);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
    }

    /** @param tint how much the gravel's brightness goes with its grain */
    private static float[] yard(Random random, float tint) {
        float[] yard = new float[WIDE * HIGH];
        float[] grain = new float[WIDE];
        for (int y = 0; y < HIGH; y++) {
            for (int x = 0; x < WIDE; x++) {
                grain[x] = 0.7f * grain[x] + (float) random.nextGaussian() * 6;
                yard[y * WIDE + x] = 110 + 40f * y / HIGH + grain[x] * (1 + tint);
            }
        }
        for (int i = 0; i < 40; i++) {
            int left = random.nextInt(WIDE - 60);
            int top = random.nextInt(HIGH - 50);
            float shade = (random.nextFloat() - 0.5f) * 120 * (tint > 0 ? 1 : -0.6f);
            for (int y = top; y < top + 10 + i % 40; y++) {
                for (int x = left; x < left + 15 + i % 7 * 6; x++) {
                    yard[y * WIDE + x] += shade;
                }
            }
        }
        return yard;
    }

    private Optional<Walk> walk(double second) {
        long period = (long) Math.floor(second / PERIOD);
        var random = new Random(seed * SEEDS + period);
        double height = 60 + random.nextInt(90);
        double seconds = WIDTH / (height * (0.6 + random.nextDouble() * 0.3)); // not quite its own height per second
        double from = period * PERIOD + 20 + random.nextInt(PERIOD - 60);
        double feet = height + 20 + random.nextInt((int) (HEIGHT - height - 30));
        double shade = (random.nextBoolean() ? 1 : -1) * (30 + random.nextInt(40));
        return busy
                ? Optional.of(new Walk(from, seconds, height, feet, shade, random.nextBoolean()))
                : Optional.empty();
    }

    /** Where the walker is. @param frame number from 0 */
    Optional<BoundingBox> truth(long frame) {
        double second = (double) frame / FRAMES_PER_SECOND;
        return walk(second).flatMap(walk -> walk.at(second));
    }

    /**
     * What a good detector might see: nine times in ten, if half of the walker is in the picture.
     *
     * @param frame number from 0
     */
    Optional<BoundingBox> seen(long frame) {
        var random = new Random(seed * SEEDS + frame * 31);
        return truth(frame).filter(box -> {
            double inView = Math.min(WIDTH, box.right()) - Math.max(0, box.x());
            return inView >= box.width() / 2 && random.nextInt(10) > 0;
        });
    }

    /** Draws a frame's brightness. @param luma takes {@link #WIDTH} x {@link #HEIGHT} bytes at position 0 */
    void draw(long frame, ByteBuffer luma) {
        double second = (double) frame / FRAMES_PER_SECOND;
        var random = new Random(seed * SEEDS - frame);
        boolean dark = weather == Weather.INFRARED && Math.floorMod((long) second / 67, 2L) == 1;
        paint(dark ? night : day, random, second);
        walk(second).ifPresent(walk -> walk.at(second)
                .ifPresent(box -> figure(box, walk.shade() * (dark ? -1 : 1), second)));
        if (weather == Weather.RAIN) {
            rain(random);
        }
        finish(random, light(second), dark);
        luma.duplicate().clear().put(bytes);
    }

    private void paint(float[] yard, Random random, double second) {
        boolean gust = weather == Weather.SHAKE && (long) second % 20 < 6;
        int reach = gust ? 1 + (int) ((long) second / 20 % (MARGIN - 1)) : 0;
        int dx = MARGIN + random.nextInt(2 * reach + 1) - reach;
        int dy = MARGIN + random.nextInt(2 * reach + 1) - reach;
        for (int y = 0; y < HEIGHT; y++) {
            System.arraycopy(yard, (y + dy) * WIDE + dx, picture, y * WIDTH, WIDTH);
        }
    }

    private double light(double second) {
        if (weather == Weather.DRIFT) {
            return 1 + 0.25 * Math.sin(second / 10);
        }
        return weather == Weather.LAMP && Math.floorMod((long) second / 29, 2L) == 1 ? 0.4 : 1;
    }

    /** A head, a body and two legs that swing. */
    private void figure(BoundingBox box, double shade, double second) {
        double swing = Math.sin(second * 6) * 0.2;
        part(box, new BoundingBox(0.35, 0, 0.3, 0.14), shade * 0.8);
        part(box, new BoundingBox(0.15, 0.14, 0.7, 0.4), shade);
        part(box, new BoundingBox(0.25 + swing, 0.54, 0.22, 0.46), shade * 1.2);
        part(box, new BoundingBox(0.53 - swing, 0.54, 0.22, 0.46), shade * 1.2);
    }

    private void part(BoundingBox figure, BoundingBox share, double shade) {
        int left = (int) Math.max(0, figure.x() + share.x() * figure.width());
        int right = (int) Math.min(WIDTH, figure.x() + share.right() * figure.width());
        int top = (int) Math.max(0, figure.y() + share.y() * figure.height());
        int bottom = (int) Math.min(HEIGHT, figure.y() + share.bottom() * figure.height());
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                picture[y * WIDTH + x] = (float) (130 + shade + 0.2 * (picture[y * WIDTH + x] - 130));
            }
        }
    }

    private void rain(Random random) {
        for (int i = 0; i < STREAKS; i++) {
            int length = 8 + random.nextInt(14);
            int x = random.nextInt(WIDTH - 8);
            int top = random.nextInt(HEIGHT - length);
            float shade = 20 + random.nextInt(35);
            for (int y = 0; y < length; y++) {
                picture[(top + y) * WIDTH + x + y / 4] += shade;
            }
        }
    }

    private void finish(Random random, double light, boolean dark) {
        int from = random.nextInt(noise.length - picture.length);
        float strength = dark ? 10 : 5;
        float[] lens = dark ? border : open;
        for (int i = 0; i < picture.length; i++) {
            float level = picture[i] * (float) light * lens[i] + noise[from + i] * strength;
            bytes[i] = (byte) (int) Math.max(0, Math.min(255, level));
        }
    }

    /** Infrared lamps light the middle more than the corners. */
    private static float[] border() {
        float[] border = new float[WIDTH * HEIGHT];
        for (int i = 0; i < border.length; i++) {
            double fromMiddle = Math.hypot(i % WIDTH - WIDTH / 2.0, i / WIDTH - HEIGHT / 2.0);
            border[i] = (float) (1.1 - 1.2 * fromMiddle / WIDTH);
        }
        return border;
    }
}
