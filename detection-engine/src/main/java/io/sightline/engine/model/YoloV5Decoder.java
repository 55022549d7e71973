package io.sightline.engine.model;

import com.google.auto.service.AutoService;
import io.sightline.engine.model.ModelAnswer.Output;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * YOLOv5 and whatever writes as it does: YOLOv7, YOLOv6, and YOLOX exported with its decoding step.
 *
 * <p>Source: Jocher et al., "YOLOv5 by Ultralytics", 2020, doi 10.5281/zenodo.3908559, export.py; the same rows in Wang
 * et al., "YOLOv7: Trainable Bag-of-Freebies Sets New State-of-the-Art for Real-Time Object Detectors", 2022, arXiv
 * 2207.02696. One output [1, N, 5 + classes]; a row is the box's centre and size in pixels of the input, how certain it
 * is that there is an object, and how certain each class is.
 */
@AutoService(Decoder.class)
public final class YoloV5Decoder implements Decoder {
    private static final int BOX_AND_OBJECT = 5;
    private static final int OBJECT = 4;
    private static final int ANCHORS = 3;
    private static final double MAX_OVERLAP = 0.45;

    @Override
    public String name() {
        return "yolov5";
    }

    @Override
    public List<String> aliases() {
        return List.of("yolov7");
    }

    @Override
    public PictureInput input() {
        return PictureInput.of(PictureInput.Fit.CENTRED, PictureInput.Colours.RGB, PictureInput.Range.UNIT);
    }

    @Override
    public Reader fit(ModelAnswer sample, Wanted wanted) throws MisfitException {
        String needed = ModelAnswer.text(new long[] {1, -1, BOX_AND_OBJECT + wanted.count()});
        Output output = sample.only(needed);
        if (output.rank() != 3 || output.side(0) != 1 || output.side(2) != BOX_AND_OBJECT + wanted.count()) {
            throw new MisfitException("output " + output + ", needed is " + needed);
        }
        return new Rows(wanted);
    }

    @Override
    public boolean recognises(ModelAnswer sample) {
        Output output = sample.outputs().get(0);
        int cells = YoloGrid.cells(sample.width(), sample.height());
        return output.side(1) == ANCHORS * cells || output.side(1) == cells && YoloxDecoder.hasPixels(output);
    }

    private record Rows(Wanted wanted) implements Reader {
        @Override
        public double maxOverlap() {
            return MAX_OVERLAP;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            Output only = answer.outputs().get(0);
            FloatBuffer output = only.values();
            int labels = wanted.count();
            int columns = BOX_AND_OBJECT + labels;
            for (int row = 0; row < only.side(1); row++) {
                int at = row * columns;
                float object = output.get(at + OBJECT);
                if (object >= wanted.minScore()) {
                    int label = YoloGrid.best(output, at + BOX_AND_OBJECT, labels);
                    float score = object * output.get(at + BOX_AND_OBJECT + label);
                    if (wanted.tells(label, score)) {
                        into.add(score, label, box(output, at));
                    }
                }
            }
        }

        private static Proposals.Corners box(FloatBuffer output, int at) {
            return Proposals.Corners.centred(
                    output.get(at), output.get(at + 1), output.get(at + 2), output.get(at + 3));
        }
    }
}
