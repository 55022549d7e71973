package io.sightline.hub.bench;

import io.sightline.engine.detect.BareModel;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.model.InputWishes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** P1: what the way from a decoded frame to boxes costs beside the bare inference. */
final class PipelineBench {
    private static final int FRAMES = 20;
    private static final Limit LIMIT = new Limit(0.90, 0.95);

    private PipelineBench() {}

    static List<Figure> figures(BenchPlan plan) throws Exception {
        Path model = plan.model();
        try (var frames = new SampleFrames(plan.video(), FRAMES);
                var bare = BareModel.open(model);
                Detector whole = whole(model);
                Detector usual = detector(model)) {
            plan.progress().accept("P1: detector and bare inference in turn");
            Turns turns = Turns.take(() -> detecting(whole, frames), () -> inferring(bare), plan.rounds());
            plan.progress().accept("P1: the same, with the grey left out");
            Turns trimmed = Turns.take(() -> detecting(usual, frames), () -> inferring(bare), plan.rounds());
            return List.of(
                    turns.figure("P1", "CPU ms per frame, bare inference / pipeline", LIMIT)
                            .with("both at the model's own input size"),
                    trimmed.figure("P1", "the same, pipeline as it is by default", LIMIT)
                            .with("the detector leaves out the grey that the model need not see"));
        }
    }

    /** Gives the model as large an input as the bare one has. */
    private static Detector whole(Path model) throws Exception {
        return Detectors.open(new DetectorSpec.Onnx(
                "bench",
                model,
                "yolox",
                "coco",
                Set.of("person"),
                0.6,
                InputWishes.NONE.untrimmed(),
                DetectorSpec.Execution.ON_CPU));
    }

    static Detector detector(Path model) throws Exception {
        return Detectors.open(new DetectorSpec.Onnx("bench", model, "yolox", "coco", Set.of("person"), 0.6));
    }

    /** @return milliseconds of CPU per frame */
    static double detecting(Detector detector, SampleFrames frames) throws Exception {
        return ThreadCpu.millisPer(frames.all().size(), () -> {
            for (var frame : frames.all()) {
                detector.detect(frame);
            }
        });
    }

    /** @return milliseconds of CPU per inference */
    static double inferring(BareModel bare) throws Exception {
        return ThreadCpu.millisPer(FRAMES, () -> {
            for (int i = 0; i < FRAMES; i++) {
                bare.run();
            }
        });
    }
}
