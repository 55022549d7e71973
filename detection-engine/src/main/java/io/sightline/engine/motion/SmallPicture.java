package io.sightline.engine.motion;

import java.nio.ByteBuffer;

/**
 * A frame's brightness, small and blurred: four samples of each block of pixels, then a 3x3 binomial filter, which
 * leaves about a fifth of the sensor's noise. Reads two rows of the frame for each of its own.
 *
 * <p>Source: to filter and to sample, as in Burt and Adelson, "The Laplacian Pyramid as a Compact Image Code",
 * IEEE Transactions on Communications 1983; here in the other order as well, so that few pixels are read.
 */
final class SmallPicture {
    /** A picture of 4:3 becomes 160x120; others as many pixels. Smaller frames stay as they are. */
    private static final double PIXELS = 160 * 120;

    /** Weights of the four samples and of the filter, together. */
    private static final float WEIGHT = 64;

    private final int width;
    private final int height;
    private final int frameWidth;
    private final int frameHeight;
    private final int[] left;
    private final int[] right;
    private final byte[] upper;
    private final byte[] lower;
    private final int[] samples;
    private final int[] across;
    private final float[] levels;

    /** @param frameWidth and frameHeight at least 1 */
    SmallPicture(int frameWidth, int frameHeight) {
        this.frameWidth = frameWidth;
        this.frameHeight = frameHeight;
        double factor = Math.max(1, Math.sqrt((double) frameWidth * frameHeight / PIXELS));
        this.width = (int) Math.max(1, Math.round(frameWidth / factor));
        this.height = (int) Math.max(1, Math.round(frameHeight / factor));
        this.left = positions(0.25);
        this.right = positions(0.75);
        this.upper = new byte[frameWidth];
        this.lower = new byte[frameWidth];
        this.samples = new int[width + 2];
        this.across = new int[width * height];
        this.levels = new float[width * height];
    }

    private int[] positions(double within) {
        int[] positions = new int[width];
        for (int x = 0; x < width; x++) {
            positions[x] = at(x + within, width, frameWidth);
        }
        return positions;
    }

    private static int at(double place, int small, int large) {
        return Math.min(large - 1, (int) (place * large / small));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean fits(int otherWidth, int otherHeight) {
        return frameWidth == otherWidth && frameHeight == otherHeight;
    }

    /** Pixels of the frame that one pixel across stands for. */
    double scaleX() {
        return (double) frameWidth / width;
    }

    /** Pixels of the frame that one pixel down stands for. */
    double scaleY() {
        return (double) frameHeight / height;
    }

    /**
     * Takes in a frame.
     *
     * @param luma of a frame of this picture's frame size
     * @return brightness, 0 to 255, row by row; belongs to this picture and changes with the next call
     */
    float[] read(ByteBuffer luma) {
        for (int y = 0; y < height; y++) {
            luma.get(at(y + 0.25, height, frameHeight) * frameWidth, upper);
            luma.get(at(y + 0.75, height, frameHeight) * frameWidth, lower);
            sample();
            filterAcross(y * width);
        }
        for (int y = 0; y < height; y++) {
            filterDown(y * width, Math.max(0, y - 1) * width, Math.min(height - 1, y + 1) * width);
        }
        return levels;
    }

    private void sample() {
        for (int x = 0; x < width; x++) {
            int a = left[x];
            int b = right[x];
            samples[x + 1] = (upper[a] & 255) + (upper[b] & 255) + (lower[a] & 255) + (lower[b] & 255);
        }
        samples[0] = samples[1];
        samples[width + 1] = samples[width];
    }

    private void filterAcross(int row) {
        for (int x = 0; x < width; x++) {
            across[row + x] = samples[x] + 2 * samples[x + 1] + samples[x + 2];
        }
    }

    private void filterDown(int row, int above, int below) {
        for (int x = 0; x < width; x++) {
            levels[row + x] = (across[above + x] + 2 * across[row + x] + across[below + x]) / WEIGHT;
        }
    }
}
