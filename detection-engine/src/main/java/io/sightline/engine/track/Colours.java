package io.sightline.engine.track;

import java.util.Arrays;

/**
 * The colours of an object's upper and lower half: for each one histogram of brightness and one of both colour
 * differences together, in shares that add up to 1.
 *
 * <p>Source: Swain and Ballard, "Color Indexing", IJCV 1991; the comparison is the Bhattacharyya coefficient as in Comaniciu,
 * Ramesh and Meer, "Kernel-Based Object Tracking", PAMI 2003. A sample counts for the two nearest bins of each axis, so
 * that noise at a border between bins changes little. Used by one thread; written over, so that frames make no garbage.
 */
public final class Colours {
    /** Upper and lower half: jacket and trousers. */
    public static final int HALVES = 2;

    private static final int LUMA_BINS = 8;
    private static final double LUMA_BIN = 256.0 / LUMA_BINS;
    private static final int CHROMA_BINS = 8;

    /** Colours of streets are pale: bins are fine around grey, and the outer ones take all the rest. */
    private static final double CHROMA_BIN = 6;

    private static final double GREY = 128;
    private static final int HALF_SIZE = LUMA_BINS + CHROMA_BINS * CHROMA_BINS;

    private final float[] shares = new float[HALVES * HALF_SIZE];

    void clear() {
        Arrays.fill(shares, 0);
    }

    /**
     * Counts one sample.
     *
     * @param half 0 for the upper, 1 for the lower one
     * @param yuv brightness and colour differences, each 0 to 255: {@code y << 16 | u << 8 | v}
     * @param weight more than 0
     */
    void add(int half, int yuv, double weight) {
        int from = half * HALF_SIZE;
        double y = bin((yuv >> 16 & 255) / LUMA_BIN - 0.5, LUMA_BINS);
        spread(from + (int) y, 1, weight, y - (int) y);
        double u = bin(((yuv >> 8 & 255) - GREY) / CHROMA_BIN + (CHROMA_BINS - 1) / 2.0, CHROMA_BINS);
        double v = bin(((yuv & 255) - GREY) / CHROMA_BIN + (CHROMA_BINS - 1) / 2.0, CHROMA_BINS);
        int cell = from + LUMA_BINS + (int) u * CHROMA_BINS + (int) v;
        spread(cell, 1, weight * (1 - (u - (int) u)), v - (int) v);
        spread(cell + CHROMA_BINS, 1, weight * (u - (int) u), v - (int) v);
    }

    /** A place between the middle of the first bin and just before that of the last. */
    private static double bin(double place, int bins) {
        return Math.max(0, Math.min(bins - 1.001, place));
    }

    private void spread(int at, int step, double weight, double towardsNext) {
        shares[at] += (float) (weight * (1 - towardsNext));
        shares[at + step] += (float) (weight * towardsNext);
    }

    /** Turns what was counted into shares. @return false if a half has no sample */
    boolean finish() {
        for (int from = 0; from < shares.length; from += HALF_SIZE) {
            double total = 0;
            for (int i = 0; i < LUMA_BINS; i++) {
                total += shares[from + i];
            }
            if (!(total > 0)) {
                return false;
            }
            for (int i = 0; i < HALF_SIZE; i++) {
                shares[from + i] /= (float) total;
            }
        }
        return true;
    }

    /** How alike two objects look: 1 for the same, 0 for nothing in common. */
    double likeness(Colours other) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += Math.sqrt((double) shares[i] * other.shares[i]);
        }
        return Math.min(1, sum / (2 * HALVES));
    }

    /** Moves towards what was seen now. @param share of the new, 0 to 1; 1 forgets the old */
    void learn(Colours now, double share) {
        for (int i = 0; i < shares.length; i++) {
            shares[i] += (float) (share * (now.shares[i] - shares[i]));
        }
    }
}
