package io.sightline.engine.model;

import com.google.auto.service.AutoService;
import io.sightline.engine.model.ModelAnswer.Output;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * YOLOX, exported without its decoding step.
 *
 * <p>Source: Ge et al., "YOLOX: Exceeding YOLO Series in 2021", 2021, arXiv 2107.08430, and the project's ONNX demo:
 * one output of a row per cell on grids of 8, 16 and 32 pixels; a row is the box's centre and the logarithm of its size
 * relative to the cell, how certain it is that there is an object, and how certain each class is.
 */
@AutoService(Decoder.class)
public final class YoloxDecoder implements Decoder {
    private static final int BOX_AND_OBJECT = 5;
    private static final int OBJECT = 4;
    private static final double MAX_OVERLAP = 0.65;

    /** No box is larger than e to this power in cells: such a number is a size in pixels. */
    private static final float MAX_LOGARITHM = 12;

    @Override
    public String name() {
        return "yolox";
    }

    @Override
    public PictureInput input() {
        return PictureInput.of(PictureInput.Fit.TOP_LEFT, PictureInput.Colours.BGR, PictureInput.Range.BYTES);
    }

    @Override
    public boolean scalable() {
        return true; // the cells are counted here, not in the model
    }

    @Override
    public Reader fit(ModelAnswer sample, Wanted wanted) throws MisfitException {
        int cells = YoloGrid.cells(sample.width(), sample.height());
        int columns = BOX_AND_OBJECT + wanted.count();
        long[] needed = {1, cells, columns};
        Output output = sample.only(ModelAnswer.text(needed));
        if (!Arrays.equals(output.shape(), needed)) {
            throw new MisfitException("output " + output + ", needed is " + ModelAnswer.text(needed));
        }
        return new Rows(YoloGrid.Cells.of(sample.width(), sample.height()), wanted);
    }

    @Override
    public boolean recognises(ModelAnswer sample) {
        return !hasPixels(sample.outputs().get(0));
    }

    /** Whether the third and fourth number of the rows are sizes in pixels and no logarithms. */
    static boolean hasPixels(Output output) {
        int columns = output.side(2);
        for (int row = 0; row < output.side(1); row++) {
            float width = output.values().get(row * columns + 2);
            if (width > MAX_LOGARITHM) {
                return true;
            }
        }
        return false;
    }

    private record Rows(YoloGrid.Cells cells, Wanted wanted) implements Reader {
        @Override
        public double maxOverlap() {
            return MAX_OVERLAP;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            FloatBuffer output = answer.outputs().get(0).values();
            int labels = wanted.count();
            int columns = BOX_AND_OBJECT + labels;
            int rows = cells.size().length;
            for (int row = 0; row < rows; row++) {
                int at = row * columns;
                float object = output.get(at + OBJECT);
                // a class is never more certain than 1, so most rows end here
                if (object >= wanted.minScore()) {
                    int label = YoloGrid.best(output, at + BOX_AND_OBJECT, labels);
                    float score = object * output.get(at + BOX_AND_OBJECT + label);
                    if (wanted.tells(label, score)) {
                        into.add(score, label, box(output, at, row));
                    }
                }
            }
        }

        private Proposals.Corners box(FloatBuffer output, int at, int row) {
            float cell = cells.size()[row];
            return Proposals.Corners.centred(
                    cells.left()[row] + output.get(at) * cell,
                    cells.top()[row] + output.get(at + 1) * cell,
                    (float) Math.exp(output.get(at + 2)) * cell,
                    (float) Math.exp(output.get(at + 3)) * cell);
        }
    }
}
