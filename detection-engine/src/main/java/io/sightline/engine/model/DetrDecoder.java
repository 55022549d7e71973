package io.sightline.engine.model;

import com.google.auto.service.AutoService;
import io.sightline.engine.model.ModelAnswer.Output;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * RT-DETR, D-FINE and other transformers that answer a fixed number of queries; each object is told once.
 *
 * <p>Source: Zhao et al., "DETRs Beat YOLOs on Real-time Object Detection", 2023, arXiv 2304.08069; Peng et al.,
 * "D-FINE: Redefine Regression Task in DETRs as Fine-grained Distribution Refinement", 2024, arXiv 2410.13842; Carion
 * et al., "End-to-End Object Detection with Transformers", 2020, arXiv 2005.12872. Two forms are read:
 *
 * <ul>
 *   <li>logits [1, Q, classes] and boxes [1, Q, 4] as centre and size in fractions. Scores are the logistic function of
 *       the logits; with one column more than labels, their softmax, and the last column is "no object";
 *   <li>exported with the last step: labels [1, Q], boxes [1, Q, 4] as left, top, right, bottom and scores [1, Q]; the
 *       second input {@code orig_target_sizes} is told the input's own size, so boxes are in its pixels.
 * </ul>
 */
@AutoService(Decoder.class)
public final class DetrDecoder implements Decoder {
    private static final int BOX = 4;
    private static final double NONE_OVERLAPS = 2;

    @Override
    public String name() {
        return "detr";
    }

    @Override
    public List<String> aliases() {
        return List.of("rt-detr", "d-fine");
    }

    @Override
    public PictureInput input() {
        return PictureInput.of(PictureInput.Fit.STRETCHED, PictureInput.Colours.RGB, PictureInput.Range.UNIT);
    }

    @Override
    public Reader fit(ModelAnswer sample, Wanted wanted) throws MisfitException {
        Output boxes = find(sample, output -> output.rank() == 3 && output.side(2) == BOX, "box", wanted);
        int queries = boxes.side(1);
        if (sample.sized()) {
            Predicate<Output> list = output -> output.rank() == 2 && output.side(1) == queries;
            Output labels = find(sample, list.and(Output::whole), "label", wanted);
            Output scores = find(sample, list.and(output -> !output.whole()), "score", wanted);
            return new Told(wanted, new int[] {at(sample, boxes), at(sample, scores), at(sample, labels)});
        }
        Predicate<Output> table = output -> output != boxes
                && output.rank() == 3
                && output.side(1) == queries
                && (output.side(2) == wanted.count() || output.side(2) == wanted.count() + 1);
        Output logits = find(sample, table, "logit", wanted);
        return new Queries(wanted, at(sample, boxes), at(sample, logits));
    }

    @Override
    public boolean recognises(ModelAnswer sample) {
        return sample.sized() || sample.outputs().stream().anyMatch(output -> output.named("logit"));
    }

    private static int at(ModelAnswer sample, Output output) {
        return sample.outputs().indexOf(output);
    }

    private static Output find(ModelAnswer sample, Predicate<Output> fits, String word, Wanted wanted)
            throws MisfitException {
        List<Output> all = sample.outputs().stream().filter(fits).toList();
        return all.stream()
                .filter(output -> output.named(word))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .orElseThrow(() -> new MisfitException("outputs " + sample.names() + ", needed are logits [1, Q, "
                        + wanted.count() + "] and boxes [1, Q, 4]; or, with the input orig_target_sizes, labels [1, Q],"
                        + " boxes [1, Q, 4] and scores [1, Q]"));
    }

    private record Queries(Wanted wanted, int boxesAt, int logitsAt) implements Reader {
        @Override
        public double maxOverlap() {
            return NONE_OVERLAPS;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            Output logits = answer.outputs().get(logitsAt);
            FloatBuffer boxes = answer.outputs().get(boxesAt).values();
            int columns = logits.side(2);
            for (int query = 0; query < logits.side(1); query++) {
                int from = query * columns;
                int label = YoloGrid.best(logits.values(), from, wanted.count());
                float score = columns == wanted.count()
                        ? logistic(logits.values().get(from + label))
                        : share(logits.values(), from, columns, label);
                if (wanted.tells(label, score)) {
                    into.add(score, label, box(boxes, query * BOX, answer));
                }
            }
        }

        private static float logistic(float logit) {
            return (float) (1 / (1 + Math.exp(-logit)));
        }

        /** Softmax of one column. */
        private static float share(FloatBuffer logits, int from, int columns, int label) {
            double sum = 0;
            for (int i = 0; i < columns; i++) {
                sum += Math.exp(logits.get(from + i) - logits.get(from + label));
            }
            return (float) (1 / sum);
        }

        private static Proposals.Corners box(FloatBuffer boxes, int at, ModelAnswer answer) {
            return Proposals.Corners.centred(
                    boxes.get(at) * answer.width(),
                    boxes.get(at + 1) * answer.height(),
                    boxes.get(at + 2) * answer.width(),
                    boxes.get(at + 3) * answer.height());
        }
    }

    /** @param at places of boxes, scores and labels among the outputs */
    private record Told(Wanted wanted, int[] at) implements Reader {
        @Override
        public double maxOverlap() {
            return NONE_OVERLAPS;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            Output boxes = answer.outputs().get(at[0]);
            FloatBuffer scores = answer.outputs().get(at[1]).values();
            FloatBuffer labels = answer.outputs().get(at[2]).values();
            FloatBuffer corners = boxes.values();
            for (int i = 0; i < boxes.side(1); i++) {
                int label = Math.round(labels.get(i));
                if (wanted.tells(label, scores.get(i))) {
                    int from = i * BOX;
                    into.add(
                            scores.get(i),
                            label,
                            new Proposals.Corners(
                                    corners.get(from),
                                    corners.get(from + 1),
                                    corners.get(from + 2),
                                    corners.get(from + 3)));
                }
            }
        }
    }
}
