package io.sightline.engine.model;

import com.google.auto.service.AutoService;
import io.sightline.engine.model.ModelAnswer.Output;
import java.nio.FloatBuffer;

/**
 * YOLOv10 and other models that tell each object once by themselves: YOLO26, and any Ultralytics export with
 * {@code nms=True}.
 *
 * <p>Source: Wang et al., "YOLOv10: Real-Time End-to-End Object Detection", 2024, arXiv 2405.14458. One output [1, N,
 * 6], N mostly 300; a row is left, top, right and bottom in pixels of the input, score and number of the class. Rows
 * without an object have the score 0. Nothing is thinned out afterwards.
 */
@AutoService(Decoder.class)
public final class YoloV10Decoder implements Decoder {
    private static final int COLUMNS = 6;
    private static final int SCORE = 4;
    private static final int LABEL = 5;
    private static final int MOST_ROWS = 1000;

    @Override
    public String name() {
        return "yolov10";
    }

    @Override
    public PictureInput input() {
        return PictureInput.of(PictureInput.Fit.CENTRED, PictureInput.Colours.RGB, PictureInput.Range.UNIT);
    }

    @Override
    public Reader fit(ModelAnswer sample, Wanted wanted) throws MisfitException {
        String needed = ModelAnswer.text(new long[] {1, -1, COLUMNS});
        Output output = sample.only(needed);
        if (output.rank() != 3 || output.side(0) != 1 || output.side(2) != COLUMNS) {
            throw new MisfitException("output " + output + ", needed is " + needed);
        }
        return new Rows(wanted);
    }

    @Override
    public boolean recognises(ModelAnswer sample) {
        Output output = sample.outputs().get(0);
        if (output.side(1) > MOST_ROWS) {
            return false;
        }
        for (int row = 0; row < output.side(1); row++) {
            float score = output.values().get(row * COLUMNS + SCORE);
            float label = output.values().get(row * COLUMNS + LABEL);
            if (score < 0 || score > 1 || label != Math.rint(label)) {
                return false;
            }
        }
        return true;
    }

    private record Rows(Wanted wanted) implements Reader {
        @Override
        public double maxOverlap() {
            return 2;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            Output only = answer.outputs().get(0);
            FloatBuffer output = only.values();
            for (int row = 0; row < only.side(1); row++) {
                int at = row * COLUMNS;
                float score = output.get(at + SCORE);
                int label = Math.round(output.get(at + LABEL));
                if (wanted.tells(label, score)) {
                    into.add(
                            score,
                            label,
                            new Proposals.Corners(
                                    output.get(at), output.get(at + 1), output.get(at + 2), output.get(at + 3)));
                }
            }
        }
    }
}
