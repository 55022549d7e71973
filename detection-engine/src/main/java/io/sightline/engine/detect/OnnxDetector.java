package io.sightline.engine.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.sightline.engine.video.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A model in ONNX format, run by ONNX Runtime on the processor.
 *
 * <p>One session serves all threads, since its run is thread-safe and the weights are in memory once; input and output
 * buffers belong to one call at a time and are used again, so that a frame allocates next to nothing.
 */
final class OnnxDetector implements Detector {
    private static final int MAX_OBJECTS = 300;

    private final DetectorInfo info;
    private final OnnxModel model;
    private final Decoder decoder;
    private final Decoder.Grid grid;
    private final Decoder.Wanted wanted;
    private final Workspaces<Workspace> workspaces;

    private OnnxDetector(DetectorSpec.Onnx spec, OnnxModel model, Labels labels) throws DetectionException {
        this.model = model;
        this.decoder = Detectors.decoder(spec.decoder());
        this.wanted = new Decoder.Wanted(labels.wanted(spec.id(), spec.classes()), (float) spec.hintConfidence());
        model.requireOutput(
                decoder.outputShape(
                        model.width(), model.height(), labels.names().size()),
                labels);
        this.grid = decoder.grid(model.width(), model.height());
        this.info = new DetectorInfo(spec.id(), model.name(), model.sha256(), labels.names());
        this.workspaces = new Workspaces<>(spec.id(), Workspace::new);
    }

    static OnnxDetector open(DetectorSpec.Onnx spec) throws DetectionException {
        OpenCv.load();
        var labels = Labels.read(spec.id(), spec.labels());
        var model = OnnxModel.load(spec.id(), spec.model());
        try {
            var detector = new OnnxDetector(spec, model, labels);
            detector.workspaces.use(Workspace::run); // a model that loads and cannot run is refused now
            return detector;
        } catch (DetectionException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public DetectorInfo info() {
        return info;
    }

    @Override
    public List<SeenObject> detect(Frame frame) throws DetectionException {
        return workspaces.use(workspace -> workspace.look(frame));
    }

    @Override
    public void close() {
        workspaces.close();
        model.close();
    }

    /** The buffers of one call. */
    private final class Workspace implements AutoCloseable {
        private final FloatBuffer output;
        private final OnnxTensor inputTensor;
        private final OnnxTensor outputTensor;
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs;
        private final Letterbox letterbox;
        private final Candidates candidates = new Candidates();

        Workspace() throws DetectionException {
            long[] inputShape = {1, 3, model.height(), model.width()};
            var labels = info.labels().size();
            long[] outputShape = decoder.outputShape(model.width(), model.height(), labels);
            FloatBuffer input = buffer(inputShape);
            output = buffer(outputShape);
            inputTensor = tensor(input, inputShape);
            try {
                outputTensor = tensor(output, outputShape);
            } catch (DetectionException e) {
                inputTensor.close();
                throw e;
            }
            inputs = Map.of(model.input(), inputTensor);
            outputs = Map.of(model.output(), outputTensor);
            letterbox = new Letterbox(model.width(), model.height(), input);
        }

        List<SeenObject> look(Frame frame) throws DetectionException {
            var scale = letterbox.fill(frame);
            run();
            candidates.clear();
            decoder.decode(output, grid, wanted, candidates);
            var objects = new ArrayList<SeenObject>();
            for (int i : candidates.suppress(decoder.maxOverlap(), MAX_OBJECTS)) {
                var box = candidates.box(i, scale);
                if (box.area() > 0) {
                    objects.add(new SeenObject(info.labels().get(candidates.label(i)), candidates.score(i), box));
                }
            }
            return objects;
        }

        Workspace run() throws DetectionException {
            model.run(inputs, outputs);
            return this;
        }

        private FloatBuffer buffer(long[] shape) {
            long size = Arrays.stream(shape).reduce(Float.BYTES, Math::multiplyExact);
            return ByteBuffer.allocateDirect(Math.toIntExact(size))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        private OnnxTensor tensor(FloatBuffer buffer, long[] shape) throws DetectionException {
            try {
                return OnnxTensor.createTensor(OnnxModel.environment(), buffer, shape);
            } catch (OrtException e) {
                throw new DetectionException(
                        "detector '" + info.id() + "': no memory for " + Arrays.toString(shape), e);
            }
        }

        @Override
        public void close() {
            letterbox.close();
            inputTensor.close();
            outputTensor.close();
        }
    }
}
