package io.sightline.engine.detect;

import io.sightline.engine.model.Decoder;
import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.MisfitException;
import io.sightline.engine.model.ModelAnswer;
import io.sightline.engine.video.Frame;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model in ONNX format, run by ONNX Runtime.
 *
 * <p>One session serves all threads, since its run is thread-safe and the weights are in memory once; input and output
 * buffers belong to one call at a time and are used again. Where the model allows it, rows and columns that would be
 * grey only are left out: a picture of 16:9 costs little more than half of a square one.
 *
 * <p>The sources stand with each step: {@link Letterbox}, {@link TrimmedModel}, {@link Candidates} and the decoders of
 * {@link io.sightline.engine.model}.
 */
final class OnnxDetector implements Detector {
    private static final int MAX_OBJECTS = 300;

    /** Shapes of input that are kept ready; frames of further ones get the full size. */
    private static final int MAX_SHAPES = 8;

    /** Places in each output at which every answer is tried for numbers. */
    private static final int TRIALS = 16;

    private final DetectorInfo info;
    private final OnnxModel model;
    private final OnnxPlan plan;
    private final boolean trimmed;
    private final int batchSize;
    private final Map<InputSize, Workspaces<Desk>> desks = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private OnnxDetector(DetectorSpec.Onnx spec, TrimmedModel choice, int mostAtOnce) {
        this.model = choice.model();
        this.plan = choice.plan();
        this.trimmed = choice.trimmed();
        this.batchSize = model.picture().batch() < 0 && model.notes().isEmpty() ? mostAtOnce : 1;
        this.info = new DetectorInfo(
                spec.id(),
                model.name(),
                model.sha256(),
                plan.labels().only(plan.wanted().labels()),
                model.notes());
    }

    static OnnxDetector open(DetectorSpec.Onnx spec) throws DetectionException {
        return open(spec, spec.execution().provider().batchSize());
    }

    /** @param mostAtOnce pictures that are looked at together if the model allows it */
    static OnnxDetector open(DetectorSpec.Onnx spec, int mostAtOnce) throws DetectionException {
        OpenCv.load();
        var choice = TrimmedModel.of(spec, OnnxModel.load(spec.id(), spec.model(), spec.execution()));
        try {
            var detector = new OnnxDetector(spec, choice, mostAtOnce);
            detector.desks(detector.plan.size()).use(desk -> desk); // what cannot be made is known now
            return detector;
        } catch (DetectionException | RuntimeException e) {
            choice.close();
            throw e;
        }
    }

    @Override
    public DetectorInfo info() {
        return info;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public List<SeenObject> detect(Frame frame) throws DetectionException {
        return desks(shape(frame)).use(desk -> desk.look(List.of(frame))).get(0);
    }

    /** Neighbours of one shape are looked at together. */
    @Override
    public List<List<SeenObject>> detectAll(List<Frame> frames) throws DetectionException {
        var all = new ArrayList<List<SeenObject>>();
        while (all.size() < frames.size()) {
            InputSize shape = shape(frames.get(all.size()));
            int to = all.size() + 1;
            while (to < frames.size()
                    && to - all.size() < batchSize
                    && shape(frames.get(to)).equals(shape)) {
                to++;
            }
            List<Frame> together = frames.subList(all.size(), to);
            all.addAll(desks(shape).use(desk -> desk.look(together)));
        }
        return all;
    }

    private InputSize shape(Frame frame) {
        if (!trimmed) {
            return plan.size();
        }
        InputSize shape = TrimmedModel.shape(plan.size(), frame.width(), frame.height());
        return desks.containsKey(shape) || desks.size() < MAX_SHAPES ? shape : plan.size();
    }

    private Workspaces<Desk> desks(InputSize shape) {
        Workspaces<Desk> known = desks.get(shape);
        if (known != null) {
            return known;
        }
        synchronized (desks) {
            return desks.computeIfAbsent(shape, size -> {
                var made = new Workspaces<Desk>(info.id(), () -> new Desk(size));
                if (closed) {
                    made.close();
                }
                return made;
            });
        }
    }

    @Override
    public void close() {
        synchronized (desks) {
            closed = true;
        }
        desks.values().forEach(Workspaces::close);
        model.close();
    }

    /** The buffers of one call at one shape of input. */
    private final class Desk implements AutoCloseable {
        private final OnnxWorkspace workspace;
        private final Decoder.Reader reader;
        private final Candidates candidates = new Candidates();

        Desk(InputSize shape) throws DetectionException {
            workspace = new OnnxWorkspace(model, plan.input(), shape, batchSize);
            try {
                ModelAnswer sample = workspace.sample();
                reader = plan.decoder().fit(sample, plan.wanted());
                if (plan.decoder().steady()) {
                    workspace.pin(sample);
                }
            } catch (MisfitException e) {
                workspace.close();
                throw new DetectionException("detector '" + info.id() + "': at " + shape + ": " + e.getMessage(), e);
            } catch (DetectionException | RuntimeException e) {
                workspace.close();
                throw e;
            }
        }

        List<List<SeenObject>> look(List<Frame> frames) throws DetectionException {
            var scales = new ArrayList<Candidates.Scale>(frames.size());
            for (Frame frame : frames) {
                scales.add(workspace.put(scales.size(), frame));
            }
            List<ModelAnswer> answers = workspace.run(frames.size());
            var all = new ArrayList<List<SeenObject>>(frames.size());
            for (int i = 0; i < answers.size(); i++) {
                all.add(objects(answers.get(i), scales.get(i)));
            }
            return all;
        }

        private List<SeenObject> objects(ModelAnswer answer, Candidates.Scale scale) throws DetectionException {
            requireNumbers(answer);
            candidates.clear();
            reader.read(answer, candidates);
            return candidates.objects(
                    reader.maxOverlap(), MAX_OBJECTS, plan.labels().names(), scale);
        }

        /** What is not a number spreads over all of an output, so a few places tell. */
        private void requireNumbers(ModelAnswer answer) throws DetectionException {
            for (ModelAnswer.Output output : answer.outputs()) {
                FloatBuffer values = output.values();
                int step = Math.max(1, values.limit() / TRIALS);
                for (int at = step / 2; at < values.limit(); at += step) {
                    if (Float.isNaN(values.get(at))) {
                        throw new DetectionException("detector '" + info.id() + "': model " + model.name()
                                + " answered with what is no number (NaN) in output " + output);
                    }
                }
            }
        }

        @Override
        public void close() {
            workspace.close();
        }
    }
}
