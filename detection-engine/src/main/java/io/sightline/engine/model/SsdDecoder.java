package io.sightline.engine.model;

import com.google.auto.service.AutoService;
import io.sightline.engine.model.ModelAnswer.Output;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * SSD and other detectors that answer with boxes and scores in outputs of their own.
 *
 * <p>Source: Liu et al., "SSD: Single Shot MultiBox Detector", ECCV 2016, arXiv 1512.02325. Four forms are read:
 *
 * <ul>
 *   <li>TensorFlow object detection: {@code detection_boxes} [1, N, 4] as top, left, bottom, right in fractions, {@code
 *       detection_scores} and {@code detection_classes} [1, N], {@code num_detections} [1];
 *   <li>torchvision and the ONNX model zoo: boxes [N, 4] or [1, N, 4] as left, top, right, bottom in pixels or in
 *       fractions, labels and scores of as many;
 *   <li>heads without a last step: boxes [1, N, 4] as left, top, right, bottom, scores [1, N, classes];
 *   <li>Caffe and OpenVINO: one output [1, 1, N, 7] of picture, class, score, left, top, right, bottom in fractions.
 * </ul>
 *
 * Class 0 is the background in all of them, so it stands first among the labels.
 */
@AutoService(Decoder.class)
public final class SsdDecoder implements Decoder {
    static final String NAME = "ssd";

    private static final int BOX = 4;
    private static final int ROW = 7;
    private static final double MAX_OVERLAP = 0.6;
    private static final double NONE_OVERLAPS = 2;

    /** No fraction is larger, so a coordinate that is must be in pixels. */
    private static final float MAX_FRACTION = 2;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PictureInput input() {
        return PictureInput.of(PictureInput.Fit.STRETCHED, PictureInput.Colours.RGB, PictureInput.Range.BYTES);
    }

    @Override
    public String labels() {
        return "coco-91";
    }

    @Override
    public boolean steady() {
        return false;
    }

    @Override
    public Reader fit(ModelAnswer sample, Wanted wanted) throws MisfitException {
        List<Output> outputs = sample.outputs();
        if (outputs.size() == 1) {
            if (isRows(outputs.get(0))) {
                return new Rows(wanted);
            }
            throw misfit(sample, wanted);
        }
        Output boxes = find(outputs, output -> output.rank() >= 2 && output.side(-1) == BOX, "box")
                .orElseThrow(() -> misfit(sample, wanted));
        int count = boxes.side(-2);
        Optional<Output> raw = find(
                outputs,
                output -> output.rank() == 3 && isTable(output, count, wanted.count()) && output != boxes,
                "score");
        if (raw.isPresent()) {
            return new Raw(wanted, outputs.indexOf(boxes), outputs.indexOf(raw.get()));
        }
        Predicate<Output> list = output -> output.rank() <= 2 && output.side(-1) == count && output != boxes;
        Output scores = find(outputs, list.and(output -> !output.whole() && !isClass(output)), "score")
                .orElseThrow(() -> misfit(sample, wanted));
        Output labels = find(outputs, list.and(output -> output.whole() || isClass(output)), "")
                .orElseThrow(() -> misfit(sample, wanted));
        boolean topFirst = boxes.named("detection_boxes");
        return new Told(
                wanted,
                topFirst,
                new Places(outputs.indexOf(boxes), outputs.indexOf(scores), outputs.indexOf(labels), counter(outputs)));
    }

    @Override
    public boolean recognises(ModelAnswer sample) {
        if (sample.sized()) {
            return false;
        }
        return sample.outputs().stream().noneMatch(output -> output.named("logit") || output.named("pred"));
    }

    private static boolean isRows(Output output) {
        return output.rank() == 4 && output.side(0) == 1 && output.side(1) == 1 && output.side(3) == ROW;
    }

    private static boolean isTable(Output output, int rows, int columns) {
        return output.side(1) == rows && output.side(2) == columns;
    }

    private static boolean isClass(Output output) {
        return output.named("class") || output.named("label");
    }

    /** TensorFlow exports hold the numbers before the last step as well; those are passed over. */
    private static Optional<Output> find(List<Output> outputs, Predicate<Output> fits, String word) {
        List<Output> all = outputs.stream()
                .filter(output -> !output.named("raw_") && !output.named("multiclass") && !output.named("anchor"))
                .filter(fits)
                .toList();
        return all.stream().filter(output -> output.named(word)).findFirst().or(() -> all.stream()
                .findFirst());
    }

    /** @return its index, or -1 where the model does not count */
    private static int counter(List<Output> outputs) {
        return outputs.stream()
                .filter(output -> output.named("num") && output.size() == 1)
                .findFirst()
                .map(outputs::indexOf)
                .orElse(-1);
    }

    private static MisfitException misfit(ModelAnswer sample, Wanted wanted) {
        return new MisfitException("outputs " + sample.names()
                + ", needed are boxes [1, N, 4], scores [1, N] and classes"
                + " [1, N]; or boxes [1, N, 4] and scores [1, N, " + wanted.count() + "]; or one output [1, 1, N, 7]");
    }

    /** Where in the list of outputs each one stands. */
    private record Places(int boxes, int scores, int labels, int count) {}

    /** Objects that the model has thinned out itself. */
    private record Told(Wanted wanted, boolean topFirst, Places places) implements Reader {
        @Override
        public double maxOverlap() {
            return NONE_OVERLAPS;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            Output boxes = answer.outputs().get(places.boxes);
            FloatBuffer scores = answer.outputs().get(places.scores).values();
            FloatBuffer labels = answer.outputs().get(places.labels).values();
            Units units = Units.of(answer, boxes);
            int count = Math.min(boxes.side(-2), counted(answer));
            for (int i = 0; i < count; i++) {
                int label = Math.round(labels.get(i));
                if (wanted.tells(label, scores.get(i))) {
                    into.add(scores.get(i), label, units.box(boxes.values(), i * BOX, topFirst));
                }
            }
        }

        private int counted(ModelAnswer answer) {
            if (places.count < 0) {
                return Integer.MAX_VALUE;
            }
            return Math.max(
                    0, Math.round(answer.outputs().get(places.count).values().get(0)));
        }
    }

    /** A score for every class at every place. */
    private record Raw(Wanted wanted, int boxesAt, int scoresAt) implements Reader {
        @Override
        public double maxOverlap() {
            return MAX_OVERLAP;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            Output boxes = answer.outputs().get(boxesAt);
            FloatBuffer scores = answer.outputs().get(scoresAt).values();
            Units units = Units.of(answer, boxes);
            for (int i = 0; i < boxes.side(-2); i++) {
                int label = bestWanted(scores, i * wanted.count());
                if (label >= 0) {
                    into.add(scores.get(i * wanted.count() + label), label, units.box(boxes.values(), i * BOX, false));
                }
            }
        }

        /** The background may win and something still be there, so only what is told takes part. */
        private int bestWanted(FloatBuffer scores, int from) {
            int best = -1;
            for (int label = 0; label < wanted.count(); label++) {
                boolean better = best < 0 || scores.get(from + label) > scores.get(from + best);
                if (better && wanted.tells(label, scores.get(from + label))) {
                    best = label;
                }
            }
            return best;
        }
    }

    private record Rows(Wanted wanted) implements Reader {
        private static final int LABEL = 1;
        private static final int SCORE = 2;
        private static final int LEFT = 3;

        @Override
        public double maxOverlap() {
            return NONE_OVERLAPS;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            Output only = answer.outputs().get(0);
            FloatBuffer rows = only.values();
            var units = new Units(answer.width(), answer.height());
            for (int i = 0; i < only.side(2); i++) {
                int at = i * ROW;
                int label = Math.round(rows.get(at + LABEL));
                if (wanted.tells(label, rows.get(at + SCORE))) {
                    into.add(rows.get(at + SCORE), label, units.box(rows, at + LEFT, false));
                }
            }
        }
    }

    /** What a coordinate of 1 means in pixels of the input. */
    private record Units(float x, float y) {
        static Units of(ModelAnswer answer, Output boxes) {
            int size = boxes.size();
            for (int i = 0; i < size; i++) {
                if (boxes.values().get(i) > MAX_FRACTION) {
                    return new Units(1, 1);
                }
            }
            return new Units(answer.width(), answer.height());
        }

        Proposals.Corners box(FloatBuffer boxes, int at, boolean topFirst) {
            int left = topFirst ? at + 1 : at;
            int top = topFirst ? at : at + 1;
            return new Proposals.Corners(
                    boxes.get(left) * x, boxes.get(top) * y, boxes.get(left + 2) * x, boxes.get(top + 2) * y);
        }
    }
}
