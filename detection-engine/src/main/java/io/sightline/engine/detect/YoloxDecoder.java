package io.sightline.engine.detect;

import java.nio.FloatBuffer;

/**
 * YOLOX, exported without its decoding step.
 *
 * <p>Source: Ge et al., "YOLOX: Exceeding YOLO Series in 2021", arXiv 2107.08430, and the project's ONNX demo: one output
 * of a row per cell on grids of 8, 16 and 32 pixels; a row is the box's centre and the logarithm of its size relative to
 * the cell, how certain it is that there is an object, and how certain each class is.
 */
final class YoloxDecoder implements Decoder {
    static final String NAME = "yolox";

    private static final int[] STRIDES = {8, 16, 32};
    private static final int BOX_AND_OBJECT = 5;
    private static final int OBJECT = 4;
    private static final double MAX_OVERLAP = 0.65;

    @Override
    public long[] outputShape(int width, int height, int labels) {
        return new long[] {1, cells(width, height), BOX_AND_OBJECT + labels};
    }

    @Override
    public double maxOverlap() {
        return MAX_OVERLAP;
    }

    @Override
    public Grid grid(int width, int height) {
        int cells = cells(width, height);
        var grid = new Grid(new float[cells], new float[cells], new float[cells]);
        int row = 0;
        for (int stride : STRIDES) {
            int across = width / stride;
            int count = across * (height / stride);
            for (int i = 0; i < count; i++) {
                grid.left()[row] = (i % across) * (float) stride;
                grid.top()[row] = (i / across) * (float) stride;
                grid.size()[row] = stride;
                row++;
            }
        }
        return grid;
    }

    @Override
    public void decode(FloatBuffer output, Grid grid, Wanted wanted, Candidates into) {
        int columns = BOX_AND_OBJECT + wanted.labels().length;
        int rows = grid.size().length;
        for (int row = 0; row < rows; row++) {
            int at = row * columns;
            float object = output.get(at + OBJECT);
            // a class is never more certain than 1, so most rows end here
            if (object >= wanted.minScore()) {
                int label = bestLabel(output, at + BOX_AND_OBJECT, wanted.labels().length);
                float score = object * output.get(at + BOX_AND_OBJECT + label);
                if (score >= wanted.minScore() && wanted.labels()[label]) {
                    into.add(score, label, box(output, at, grid, row));
                }
            }
        }
    }

    private static int bestLabel(FloatBuffer output, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (output.get(from + i) > output.get(from + best)) {
                best = i;
            }
        }
        return best;
    }

    private static Candidates.Corners box(FloatBuffer output, int at, Grid grid, int row) {
        float cell = grid.size()[row];
        float centreX = grid.left()[row] + output.get(at) * cell;
        float centreY = grid.top()[row] + output.get(at + 1) * cell;
        float halfWidth = (float) Math.exp(output.get(at + 2)) * cell / 2;
        float halfHeight = (float) Math.exp(output.get(at + 3)) * cell / 2;
        return new Candidates.Corners(
                centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight);
    }

    private static int cells(int width, int height) {
        int cells = 0;
        for (int stride : STRIDES) {
            cells += (width / stride) * (height / stride);
        }
        return cells;
    }
}
