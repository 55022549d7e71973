package io.sightline.engine.detect;

import java.nio.FloatBuffer;

/**
 * Reads the output of one family of models. Has no state: any number of threads may use it at once. A new family is one
 * class, its name in {@link Detectors}, and one test.
 */
interface Decoder {

    /**
     * The shape that the model's one output must have; dimension by dimension, the first is the batch of one.
     *
     * @param width of the model's input in pixels
     * @param height of the model's input in pixels
     * @param labels number of classes
     */
    long[] outputShape(int width, int height, int labels);

    /** Proposals that overlap by more than this (intersection over union) are one object. */
    double maxOverlap();

    /**
     * Reads one picture's proposals.
     *
     * @param output the model's output in the shape of {@link #outputShape}; read by index, its position stays
     * @param grid what the output's rows stand for, from {@link #grid}
     * @param wanted which labels are wanted, by number, and from which score on
     * @param into receives the proposals, boxes in pixels of the model's input
     */
    void decode(FloatBuffer output, Grid grid, Wanted wanted, Candidates into);

    /** Where the rows of the output lie in the picture; made once per model. */
    Grid grid(int width, int height);

    /** Left and top of each row's cell in pixels, and the cell's size. */
    record Grid(float[] left, float[] top, float[] size) {}

    /** Labels to be told, by number, and the lowest score. */
    record Wanted(boolean[] labels, float minScore) {}
}
