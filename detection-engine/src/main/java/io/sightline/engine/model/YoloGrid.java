package io.sightline.engine.model;

import java.nio.FloatBuffer;

/**
 * What the one-stage YOLO families share: cells of three sizes that cover the picture.
 *
 * <p>Source: cells of three sizes from Redmon and Farhadi, "YOLOv3: An Incremental Improvement", 2018, arXiv
 * 1804.02767; one place per cell from Ge et al., "YOLOX: Exceeding YOLO Series in 2021", 2021, arXiv 2107.08430.
 */
final class YoloGrid {
    private static final int[] STRIDES = {8, 16, 32};

    private YoloGrid() {}

    /** Cells of 8, 16 and 32 pixels in a picture of this size, all together. */
    static int cells(int width, int height) {
        int cells = 0;
        for (int stride : STRIDES) {
            cells += (width / stride) * (height / stride);
        }
        return cells;
    }

    /** Left and top of each cell in pixels, and its size; the smallest cells first, row by row. */
    record Cells(float[] left, float[] top, float[] size) {
        static Cells of(int width, int height) {
            int count = cells(width, height);
            var cells = new Cells(new float[count], new float[count], new float[count]);
            int row = 0;
            for (int stride : STRIDES) {
                int across = width / stride;
                int level = across * (height / stride);
                for (int i = 0; i < level; i++) {
                    cells.left[row] = (i % across) * (float) stride;
                    cells.top[row] = (i / across) * (float) stride;
                    cells.size[row] = stride;
                    row++;
                }
            }
            return cells;
        }
    }

    /** Number of the largest of some values that lie side by side. */
    static int best(FloatBuffer values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values.get(from + i) > values.get(from + best)) {
                best = i;
            }
        }
        return best;
    }
}
