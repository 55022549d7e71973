package io.sightline.engine.detect;

import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.MisfitException;
import io.sightline.engine.model.ModelAnswer;
import io.sightline.engine.model.PictureInput;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model, and whether its input may be as small as the picture needs.
 *
 * <p>Source: the rectangular inference of Ultralytics YOLOv5 ({@code letterbox} with {@code auto},
 * utils/augmentations.py, 2020); that a model is tried before it is believed is our own.
 *
 * @param trimmed whether every height and width up to the plan's, in steps of {@value #STEP}, works
 */
record TrimmedModel(OnnxModel model, OnnxPlan plan, boolean trimmed) implements AutoCloseable {
    /** The coarsest grid of the families that can be trimmed, in pixels. */
    static final int STEP = 32;

    private static final Logger LOG = LoggerFactory.getLogger(TrimmedModel.class);

    /** Share by which two answers of what should be the same model may differ. */
    private static final float TOLERANCE = 1e-3f;

    /**
     * Plans the model and tries whether it can be trimmed: one with open axes as it is, one exported for a single size
     * by opening its axes, if nothing in its family's head depends on the size.
     *
     * @param model is the result's then, or closed if it cannot be used
     */
    static TrimmedModel of(DetectorSpec.Onnx spec, OnnxModel model) throws DetectionException {
        try {
            var plan = OnnxPlan.of(spec, model);
            boolean wanted = spec.input().trim() && plan.input().fit() != PictureInput.Fit.STRETCHED;
            if (wanted && model.picture().open()) {
                return new TrimmedModel(model, plan, works(model, plan));
            }
            return wanted && plan.decoder().scalable()
                    ? opened(model, plan).orElse(new TrimmedModel(model, plan, false))
                    : new TrimmedModel(model, plan, false);
        } catch (DetectionException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The cheapest input that holds the whole picture at the size that the full input gives it. */
    static InputSize shape(InputSize full, int width, int height) {
        double ratio = Letterbox.ratio(full, width, height);
        return new InputSize(stepped(width * ratio, full.width()), stepped(height * ratio, full.height()));
    }

    private static int stepped(double side, int most) {
        int steps = (int) Math.ceil(Math.max(1, Math.round(side)) / (double) STEP);
        return Math.min(steps * STEP, most);
    }

    private static Optional<TrimmedModel> opened(OnnxModel model, OnnxPlan plan) {
        try {
            OnnxModel open = model.opened();
            if (sameAnswer(open, plan) && works(open, plan)) {
                model.close();
                return Optional.of(new TrimmedModel(open, plan, true));
            }
            open.close();
        } catch (DetectionException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("model keeps its only size");
        }
        return Optional.empty();
    }

    private static boolean sameAnswer(OnnxModel open, OnnxPlan plan) {
        return sample(open, plan.size())
                .filter(answer -> alike(answer, plan.sample()))
                .isPresent();
    }

    /** Tried at about three quarters of the height, the shape of most cameras. */
    private static boolean works(OnnxModel model, OnnxPlan plan) {
        int height = plan.size().height() * 3 / 4 / STEP * STEP;
        var smaller = new InputSize(plan.size().width(), Math.max(STEP, height));
        return sample(model, smaller).filter(answer -> fits(plan, answer)).isPresent();
    }

    private static Optional<ModelAnswer> sample(OnnxModel model, InputSize size) {
        try (var workspace = new OnnxWorkspace(model, OnnxPlan.ANY, size, 1)) {
            return Optional.of(workspace.sample());
        } catch (DetectionException e) {
            LOG.atDebug().setCause(e).log("model cannot be trimmed");
            return Optional.empty();
        }
    }

    private static boolean fits(OnnxPlan plan, ModelAnswer answer) {
        try {
            plan.decoder().fit(answer, plan.wanted());
            return hasFewer(answer, plan.sample());
        } catch (MisfitException e) {
            return false;
        }
    }

    /** A head that says the same for a smaller picture did not look at its size. */
    private static boolean hasFewer(ModelAnswer smaller, ModelAnswer full) {
        return smaller.outputs().get(0).values().limit()
                < full.outputs().get(0).values().limit();
    }

    private static boolean alike(ModelAnswer a, ModelAnswer b) {
        var one = a.outputs().get(0).values();
        var other = b.outputs().get(0).values();
        if (a.outputs().size() != b.outputs().size() || one.limit() != other.limit()) {
            return false;
        }
        for (int i = 0; i < one.limit(); i++) {
            if (Math.abs(one.get(i) - other.get(i)) > TOLERANCE * (1 + Math.abs(one.get(i)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        model.close();
    }
}
