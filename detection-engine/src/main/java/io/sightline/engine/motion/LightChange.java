package io.sightline.engine.motion;

import java.util.Arrays;

/**
 * How much lighter or darker the whole picture has become, as a straight line over brightness: a cloud, an automatic
 * exposure. Medians, so that what moves in less than half of the picture does not count.
 *
 * <p>Sources: a line through two groups of points as in Wald, "The Fitting of Straight Lines if Both Variables are
 * Subject to Error", Annals of Mathematical Statistics 1940; medians in the place of means as in Brown and Mood, "On
 * Median Tests for Linear Hypotheses", Second Berkeley Symposium 1951.
 */
final class LightChange {
    /** Every so many pixels one is asked; no divisor of usual widths, so that the samples spread. */
    private static final int STEP = 7;

    private static final int BINS_PER_LEVEL = 2;
    private static final int RANGE = 255 * BINS_PER_LEVEL;
    private static final double MOST_GAIN = 0.5;

    /** Dark and bright pixels must be so many levels apart for a slope. */
    private static final double LEAST_SPREAD = 10;

    /** And each kind at least this share of all. */
    private static final double LEAST_GROUP = 0.2;

    /** Less is noise. */
    private static final double LEAST_LEVELS = 0.5;

    private static final float GREY = 100;
    private static final float JUMP = 15;

    private final int[] darkBins = new int[2 * RANGE + 1];
    private final int[] brightBins = new int[2 * RANGE + 1];

    /**
     * Brighter by {@code gain * level + offset}.
     *
     * @param gain -0.5 to 0.5
     */
    record Line(float gain, float offset) {
        static final Line NONE = new Line(0, 0);

        /** Whether a middle grey has become so much lighter or darker that a lamp was switched. */
        boolean jump() {
            return Math.abs(gain * GREY + offset) > JUMP;
        }
    }

    Line fit(float[] now, float[] before) {
        Arrays.fill(darkBins, 0);
        Arrays.fill(brightBins, 0);
        float middle = mean(before);
        int dark = 0;
        int bright = 0;
        double darkSum = 0;
        double brightSum = 0;
        for (int i = 0; i < now.length; i += STEP) {
            int bin = Math.round((now[i] - before[i]) * BINS_PER_LEVEL) + RANGE;
            if (before[i] < middle) {
                darkBins[bin]++;
                darkSum += before[i];
                dark++;
            } else {
                brightBins[bin]++;
                brightSum += before[i];
                bright++;
            }
        }
        double spread = brightSum / Math.max(1, bright) - darkSum / Math.max(1, dark);
        boolean even = Math.min(dark, bright) >= LEAST_GROUP * (dark + bright);
        if (!even || spread < LEAST_SPREAD) {
            return line(0, medianOfAll(dark + bright), 0);
        }
        double darkMedian = median(darkBins, dark);
        return line((median(brightBins, bright) - darkMedian) / spread, darkMedian, darkSum / dark);
    }

    /** Where there are no two kinds of pixels, a small dark object must not pass for one of them. */
    private double medianOfAll(int count) {
        for (int i = 0; i < darkBins.length; i++) {
            darkBins[i] += brightBins[i];
        }
        return median(darkBins, count);
    }

    private static Line line(double slope, double change, double at) {
        if (Math.abs(change) < LEAST_LEVELS && Math.abs(slope) * RANGE / BINS_PER_LEVEL < 2 * LEAST_LEVELS) {
            return Line.NONE;
        }
        double gain = Math.max(-MOST_GAIN, Math.min(MOST_GAIN, slope));
        return new Line((float) gain, (float) (change - gain * at));
    }

    private static float mean(float[] values) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i += STEP) {
            sum += values[i];
            count++;
        }
        return (float) (sum / count);
    }

    /** Within its bin by its neighbours' weight, so that half a level of drift is not rounded away. */
    private static double median(int[] bins, int count) {
        int below = 0;
        int bin = 0;
        while (2 * (below + bins[bin]) < count) {
            below += bins[bin++];
        }
        double within = bins[bin] == 0 ? 0.5 : (count / 2.0 - below) / bins[bin];
        return (bin - RANGE + within - 0.5) / BINS_PER_LEVEL;
    }
}
