package io.sightline.engine.detect;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.ModelAnswer;
import io.sightline.engine.model.ModelAnswer.Output;
import io.sightline.engine.model.PictureInput;
import io.sightline.engine.video.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * The buffers of one call at one size of input, for up to a few pictures at once. Those of outputs whose shape is known
 * are used again and again, so that a frame allocates next to nothing. Used by one thread at a time.
 */
final class OnnxWorkspace implements AutoCloseable {
    private static final int GREY = 128;

    private final OnnxModel model;
    private final InputSize size;
    private final ByteBuffer memory;
    private final List<PictureTensor> pictures = new ArrayList<>();
    private final List<Letterbox> letterboxes = new ArrayList<>();
    private final Map<Integer, Tensors> byCount = new HashMap<>();
    /** Of the outputs for one picture, where they are known. */
    private final List<long[]> shapes = new ArrayList<>();

    private boolean pinned;

    /**
     * Tensors for a number of pictures.
     *
     * @param outputs written by the model; empty where each call gets new ones
     * @param answers of each picture, over the outputs
     */
    private record Tensors(
            Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs, List<ModelAnswer> answers) {}

    /** @param most pictures at once */
    OnnxWorkspace(OnnxModel model, PictureInput input, InputSize size, int most) {
        this.model = model;
        this.size = size;
        PictureTensor.Kind kind = model.picture().kind();
        int bytes = kind.bytes(size);
        memory = OnnxBuffers.bytes(Math.multiplyExact(bytes, most));
        for (int i = 0; i < most; i++) {
            var picture = new PictureTensor(size, input, kind, memory.slice(i * bytes, bytes));
            pictures.add(picture);
            letterboxes.add(new Letterbox(input, picture));
        }
    }

    /** What the model says of a grey picture; its own memory. */
    ModelAnswer sample() throws DetectionException {
        try (var all = new Rect(0, 0, size.width(), size.height())) {
            pictures.get(0).shape(all, GREY);
        }
        return run(1).get(0);
    }

    /** From now on answers have their shapes from this one, and are valid until the next run. */
    void pin(ModelAnswer sample) {
        pinned = model.writesFloats();
        closeTensors();
        sample.outputs().forEach(output -> shapes.add(output.shape()));
    }

    /** Takes a frame as one of the pictures of the next run. @return how boxes come back to the frame's pixels */
    Candidates.Scale put(int index, Frame frame) {
        return letterboxes.get(index).fill(frame);
    }

    /** Runs the model on the first pictures. @return an answer for each */
    List<ModelAnswer> run(int count) throws DetectionException {
        Tensors tensors = tensors(count);
        try (var result = model.run(tensors.inputs, tensors.outputs)) {
            if (pinned) {
                return tensors.answers;
            }
            var outputs = new ArrayList<Output>();
            for (Map.Entry<String, OnnxValue> entry : result) {
                outputs.add(OnnxBuffers.copy(entry.getKey(), entry.getValue()));
            }
            return answers(outputs, count);
        }
    }

    private Tensors tensors(int count) throws DetectionException {
        Tensors known = byCount.get(count);
        if (known != null) {
            return known;
        }
        var inputs = new HashMap<String, OnnxTensor>();
        var outputs = new HashMap<String, OnnxTensor>();
        try {
            var port = model.picture();
            var part =
                    memory.slice(0, memory.capacity() / pictures.size() * count).order(memory.order());
            inputs.put(port.name(), OnnxBuffers.tensor(part, port.type(), port.shape(size, count)));
            if (model.sized()) {
                inputs.put(OnnxModel.SIZES, sizes(count));
            }
            var tensors = new Tensors(inputs, outputs, pinned ? answers(outputs(count, outputs), count) : List.of());
            byCount.put(count, tensors);
            return tensors;
        } catch (OrtException e) {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
            throw model.failed("no memory for " + count + " pictures of " + size, e);
        }
    }

    /** Width and height of each picture: those of the input, so that boxes come back in its pixels. */
    private OnnxTensor sizes(int count) throws OrtException {
        var pairs = OnnxBuffers.bytes(2L * count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            pairs.putLong(size.width()).putLong(size.height());
        }
        return OnnxBuffers.tensor(pairs.rewind(), OnnxJavaType.INT64, new long[] {count, 2});
    }

    private List<Output> outputs(int count, Map<String, OnnxTensor> into) throws OrtException {
        var all = new ArrayList<Output>();
        for (int i = 0; i < shapes.size(); i++) {
            long[] shape = shapes.get(i).clone();
            shape[0] *= count;
            String name = model.outputs().get(i).getName();
            var bytes = OnnxBuffers.bytes(OnnxBuffers.values(shape) * Float.BYTES);
            into.put(name, OnnxBuffers.tensor(bytes, OnnxJavaType.FLOAT, shape));
            all.add(new Output(name, shape, bytes.asFloatBuffer(), false));
        }
        return all;
    }

    private List<ModelAnswer> answers(List<Output> outputs, int count) {
        var answers = new ArrayList<ModelAnswer>();
        for (int i = 0; i < count; i++) {
            int index = i;
            List<Output> own = outputs.stream()
                    .map(output -> OnnxBuffers.part(output, index, count))
                    .toList();
            answers.add(new ModelAnswer(size.width(), size.height(), model.sized(), own));
        }
        return answers;
    }

    private void closeTensors() {
        byCount.values().forEach(tensors -> {
            tensors.inputs.values().forEach(OnnxTensor::close);
            tensors.outputs.values().forEach(OnnxTensor::close);
        });
        byCount.clear();
    }

    @Override
    public void close() {
        closeTensors();
        letterboxes.forEach(Letterbox::close);
        pictures.forEach(PictureTensor::close);
    }
}
