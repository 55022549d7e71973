package io.sightline.engine.motion;

import java.util.Arrays;

/**
 * What a camera usually sees: a running average of brightness per pixel that learns slowly, one that learns within a
 * second, and the noise of each cell. What differs from the slow one has changed; what differs from both moves.
 *
 * <p>Sources: the running average from Wren, Azarbayejani, Darrell and Pentland, "Pfinder: Real-Time Tracking of the
 * Human Body", PAMI 1997; two speeds from Porikli, Ivanov and Haga, "Robust Abandoned Object Detection Using Dual
 * Foregrounds", EURASIP Journal on Advances in Signal Processing 2008; a level of noise for each place from Manzanera
 * and Richefeu, "A new motion detection algorithm based on sigma-delta background estimation", Pattern Recognition
 * Letters 2007.
 */
final class Background {
    /** Learns within a second or two: what came to rest is still there. */
    private static final double FAST_SECONDS = 1;

    /** A difference to the fast average counts from this share of the other threshold on. */
    private static final float FAST_SHARE = 0.5f;

    /** Times the usual largest difference of a cell's 16 pixels: beyond it is no noise. */
    private static final float NOISE_FACTOR = 2;

    private static final float FIRST_NOISE = 3;
    private static final float MOST_NOISE = 30;

    /** Along an edge that may be off by a part of a pixel, when the camera trembles. */
    private static final float EDGE_SLACK = 0.5f;

    private static final float NEVER_SEEN = 255;

    private final SmallPicture size;
    private final float levels;
    private final boolean[] masked;
    private final int unmasked;
    private final Cells cells;
    private final float[] slow;
    private final float[] fast;
    private final float[] noise;
    private final float[] threshold;
    private final float[] expected;
    private final float[] expectedFast;
    private final float[] slack;
    private boolean slackInUse;

    /** @param masked pixels of the small picture that are never compared */
    Background(SmallPicture size, Sensitivity sensitivity, boolean[] masked) {
        this.size = size;
        this.levels = sensitivity.levels();
        this.masked = masked;
        int free = 0;
        for (boolean one : masked) {
            free += one ? 0 : 1;
        }
        this.unmasked = Math.max(1, free);
        int pixels = size.width() * size.height();
        this.cells = new Cells(size.width(), size.height());
        this.slow = new float[pixels];
        this.fast = new float[pixels];
        this.noise = new float[cells.count()];
        this.threshold = new float[cells.count()];
        this.expected = new float[pixels];
        this.expectedFast = new float[pixels];
        this.slack = new float[pixels];
    }

    /** Takes a picture as what is usual. */
    void reset(float[] now) {
        System.arraycopy(now, 0, slow, 0, now.length);
        System.arraycopy(now, 0, fast, 0, now.length);
        for (int cell = 0; cell < noise.length; cell++) {
            noise[cell] = Math.max(FIRST_NOISE, noise[cell]);
        }
    }

    /** What {@link #compare} fills. */
    Cells cells() {
        return cells;
    }

    float[] slow() {
        return slow;
    }

    /** What was last {@link #expect expected}; belongs to this background. */
    float[] expected() {
        return expected;
    }

    /** Makes ready for a comparison in a light that may have changed. */
    void expect(LightChange.Line light) {
        float gain = 1 + light.gain();
        float offset = light.offset();
        for (int i = 0; i < slow.length; i++) {
            expected[i] = slow[i] * gain + offset;
        }
        System.arraycopy(fast, 0, expectedFast, 0, fast.length);
        if (slackInUse) {
            Arrays.fill(slack, 0);
            slackInUse = false;
        }
    }

    /** Makes ready for a comparison in the same light, by a camera that has moved. */
    void expect(LightChange.Line light, CameraShift.Shift shift) {
        int width = size.width();
        int height = size.height();
        slackInUse = true;
        for (int y = 0; y < height; y++) {
            int from = within(y + shift.dy(), height) * width;
            int above = within(y + shift.dy() - 1, height) * width;
            int below = within(y + shift.dy() + 1, height) * width;
            for (int x = 0; x < width; x++) {
                int at = within(x + shift.dx(), width);
                float acrossEdge = (slow[from + within(at + 1, width)] - slow[from + within(at - 1, width)]) / 2;
                float downEdge = (slow[below + at] - slow[above + at]) / 2;
                float was = slow[from + at] + shift.partX() * acrossEdge + shift.partY() * downEdge;
                int i = y * width + x;
                expected[i] = was * (1 + light.gain()) + light.offset();
                expectedFast[i] = fast[from + at];
                boolean known = inner(x + shift.dx(), width) && inner(y + shift.dy(), height);
                slack[i] = known ? EDGE_SLACK * (Math.abs(acrossEdge) + Math.abs(downEdge)) : NEVER_SEEN;
            }
        }
    }

    /** What came into the picture with the shift was never seen before. */
    private static boolean inner(int value, int limit) {
        return value > 1 && value < limit - 2;
    }

    private static int within(int value, int limit) {
        return Math.max(0, Math.min(limit - 1, value));
    }

    /** Compares with what is expected; the result stands in the cells. */
    void compare(float[] now) {
        cells.clear();
        for (int i = 0; i < noise.length; i++) {
            threshold[i] = Math.max(levels, NOISE_FACTOR * noise[i]);
        }
        for (int y = 0; y < size.height(); y++) {
            compareRow(now, y);
        }
    }

    private void compareRow(float[] now, int y) {
        int row = y * size.width();
        int cellRow = Cells.of(y) * cells.columns;
        for (int x = 0; x < size.width(); x++) {
            int i = row + x;
            int cell = cellRow + Cells.of(x);
            float difference = Math.abs(now[i] - expected[i]);
            float limit = threshold[cell] + slack[i];
            if (difference <= limit) {
                cells.peak[cell] = Math.max(cells.peak[cell], difference);
            } else if (!masked[i]) {
                cells.changed(cell, x, y);
                if (Math.abs(now[i] - expectedFast[i]) > limit * FAST_SHARE) {
                    cells.moved(cell);
                }
            }
        }
    }

    /** Share of the unmasked pixels that differed in the last comparison, 0 to 1. */
    double changedShare() {
        return (double) cells.changedPixels() / unmasked;
    }

    /** Takes the expectation for what is usual: the light has changed for good. */
    void keepExpected() {
        System.arraycopy(expected, 0, slow, 0, slow.length);
    }

    /**
     * Learns from a picture that was compared.
     *
     * @param seconds since the one before, not negative
     * @param rates how fast each cell learns
     */
    void learn(float[] now, double seconds, LearningRates rates) {
        float fastShare = LearningRates.share(seconds, FAST_SECONDS);
        for (int y = 0; y < size.height(); y++) {
            int cellRow = Cells.of(y) * cells.columns;
            int row = y * size.width();
            for (int x = 0; x < size.width(); x++) {
                int i = row + x;
                slow[i] += rates.picture[cellRow + Cells.of(x)] * (now[i] - slow[i]);
                fast[i] += fastShare * (now[i] - fast[i]);
            }
        }
        for (int cell = 0; cell < noise.length; cell++) {
            float largest = cells.changed[cell] > 0 ? threshold[cell] * 2 : cells.peak[cell];
            noise[cell] = Math.min(MOST_NOISE, noise[cell] + rates.noise[cell] * (largest - noise[cell]));
        }
    }
}
