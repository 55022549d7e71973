package io.sightline.engine.motion;

/**
 * How far the camera has moved against the background: whole pixels by the least sum of absolute differences over a
 * grid of samples, the rest by one step of Lucas and Kanade. Costs some 0.1 ms, so it is asked only when something has
 * changed all over the picture.
 *
 * <p>Sources: least absolute differences from Barnea and Silverman, "A Class of Algorithms for Fast Digital Image
 * Registration", IEEE Transactions on Computers 1972; the fine step from Lucas and Kanade, "An Iterative Image
 * Registration Technique with an Application to Stereo Vision", IJCAI 1981.
 */
final class CameraShift {
    /** Pixels of the small picture; at 640 pixels across that is 16 of the frame. */
    private static final int REACH = 4;

    /** Between two samples across and down; odd, so that they do not lie on a pattern. */
    private static final int STEP = 5;

    private static final int FINE_STEP = 3;

    private final int width;
    private final int height;

    CameraShift(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * A pixel of now was at {@code x + dx + partX, y + dy + partY}.
     *
     * @param dx whole pixels of the small picture
     * @param partX what is left, -1 to 1
     */
    record Shift(int dx, int dy, float partX, float partY) {
        static final Shift NONE = new Shift(0, 0, 0, 0);

        boolean isWhole() {
            return dx != 0 || dy != 0;
        }

        boolean sameWhole(Shift other) {
            return dx == other.dx && dy == other.dy;
        }
    }

    /** @return the best shift there is, however little it explains */
    Shift between(float[] now, float[] before) {
        if (width < 4 * REACH || height < 4 * REACH) {
            return Shift.NONE;
        }
        return refine(now, before, whole(now, before));
    }

    private Shift whole(float[] now, float[] before) {
        Shift best = Shift.NONE;
        double least = difference(now, before, Shift.NONE);
        for (int dy = -REACH; dy <= REACH; dy++) {
            for (int dx = -REACH; dx <= REACH; dx++) {
                var shift = new Shift(dx, dy, 0, 0);
                double sum = difference(now, before, shift);
                if (sum < least) {
                    least = sum;
                    best = shift;
                }
            }
        }
        return best;
    }

    private double difference(float[] now, float[] before, Shift shift) {
        double sum = 0;
        for (int y = REACH + 1; y < height - REACH - 1; y += STEP) {
            int row = y * width;
            int from = (y + shift.dy()) * width + shift.dx();
            for (int x = REACH + 1; x < width - REACH - 1; x += STEP) {
                sum += Math.abs(now[row + x] - before[from + x]);
            }
        }
        return sum;
    }

    private Shift refine(float[] now, float[] before, Shift whole) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double xd = 0;
        double yd = 0;
        for (int y = REACH + 1; y < height - REACH - 1; y += FINE_STEP) {
            int from = (y + whole.dy()) * width + whole.dx();
            for (int x = REACH + 1; x < width - REACH - 1; x += FINE_STEP) {
                double gx = (before[from + x + 1] - before[from + x - 1]) / 2;
                double gy = (before[from + x + width] - before[from + x - width]) / 2;
                double d = now[y * width + x] - before[from + x];
                xx += gx * gx;
                xy += gx * gy;
                yy += gy * gy;
                xd += gx * d;
                yd += gy * d;
            }
        }
        double area = xx * yy - xy * xy;
        if (area < 1e-3 * xx * yy || area <= 0) {
            return whole;
        }
        return new Shift(
                whole.dx(), whole.dy(), limited((xd * yy - yd * xy) / area), limited((yd * xx - xd * xy) / area));
    }

    private static float limited(double part) {
        return (float) Math.max(-1, Math.min(1, part));
    }
}
