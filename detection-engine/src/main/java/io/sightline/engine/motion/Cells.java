package io.sightline.engine.motion;

import java.util.Arrays;

/**
 * What a comparison found, in cells of 4x4 pixels of the small picture: how many pixels of each differ from the
 * background, where those are, and how many of them move.
 */
final class Cells {
    static final int SIZE = 4;
    private static final int SHIFT = 2;

    final int columns;
    final int rows;

    /** Pixels that are not as usual. */
    final int[] changed;

    /** Pixels that are neither as usual nor as a moment ago. */
    final int[] moving;

    /** Largest difference among the pixels that are as usual. */
    final float[] peak;

    final int[] left;
    final int[] top;
    final int[] right;
    final int[] bottom;

    private int changedPixels;

    Cells(int width, int height) {
        this.columns = (width + SIZE - 1) >> SHIFT;
        this.rows = (height + SIZE - 1) >> SHIFT;
        int count = columns * rows;
        this.changed = new int[count];
        this.moving = new int[count];
        this.peak = new float[count];
        this.left = new int[count];
        this.top = new int[count];
        this.right = new int[count];
        this.bottom = new int[count];
    }

    int count() {
        return columns * rows;
    }

    static int of(int pixel) {
        return pixel >> SHIFT;
    }

    void clear() {
        Arrays.fill(changed, 0);
        Arrays.fill(moving, 0);
        Arrays.fill(peak, 0);
        changedPixels = 0;
    }

    void moved(int cell) {
        moving[cell]++;
    }

    void changed(int cell, int x, int y) {
        changedPixels++;
        if (changed[cell]++ == 0) {
            left[cell] = x;
            right[cell] = x;
            top[cell] = y;
        }
        left[cell] = Math.min(left[cell], x);
        right[cell] = Math.max(right[cell], x);
        bottom[cell] = y;
    }

    /** Pixels of the whole picture that are not as usual. */
    int changedPixels() {
        return changedPixels;
    }

    /** Share of the picture's parts, 6 across and down, in which something is not as usual; 0 to 1. */
    double spread() {
        final int parts = 6;
        boolean[] touched = new boolean[parts * parts];
        for (int cell = 0; cell < changed.length; cell++) {
            if (changed[cell] > 1) {
                int row = cell / columns * parts / rows;
                touched[row * parts + cell % columns * parts / columns] = true;
            }
        }
        int count = 0;
        for (boolean one : touched) {
            count += one ? 1 : 0;
        }
        return (double) count / touched.length;
    }
}
