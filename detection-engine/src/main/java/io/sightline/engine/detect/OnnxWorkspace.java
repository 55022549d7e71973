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
    private final NativeBytes memory;
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
     * @param held memory of the tensors that is not the pictures'
     */
    private record Tensors(
            Map<String, OnnxTensor> inputs,
            Map<String, OnnxTensor> outputs,
            List<ModelAnswer> answers,
            List<NativeBytes> held) {
        void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
            held.forEach(NativeBytes::close);
        }
    }

    /** @param most pictures at once */
    OnnxWorkspace(OnnxModel model, PictureInput input, InputSize size, int most) {
        this.model = model;
        this.size = size;
        PictureTensor.Kind kind = model.picture().kind();
        int bytes = kind.bytes(size);
        memory = new NativeBytes(Math.multiplyExact(bytes, most));
        ByteBuffer all = memory.buffer();
        for (int i = 0; i < most; i++) {
            var picture = new PictureTensor(size, input, kind, all.slice(i * bytes, bytes));
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
        var tensors = new Tensors(new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        try {
            fill(tensors, count);
            byCount.put(count, tensors);
            return tensors;
        } catch (OrtException e) {
            tensors.close();
            throw model.failed("no memory for " + count + " pictures of " + size, e);
        }
    }

    private void fill(Tensors tensors, int count) throws OrtException {
        var port = model.picture();
        ByteBuffer all = memory.buffer();
        var part = all.slice(0, all.capacity() / pictures.size() * count).order(all.order());
        tensors.inputs.put(port.name(), OnnxBuffers.tensor(part, port.type(), port.shape(size, count)));
        if (model.sized()) {
            tensors.inputs.put(OnnxModel.SIZES, sizes(tensors, count));
        }
        if (pinned) {
            tensors.answers.addAll(answers(outputs(tensors, count), count));
        }
    }

    private static ByteBuffer hold(Tensors tensors, long size) {
        var bytes = new NativeBytes(size);
        tensors.held.add(bytes);
        return bytes.buffer();
    }

    /** Width and height of each picture: those of the input, so that boxes come back in its pixels. */
    private OnnxTensor sizes(Tensors tensors, int count) throws OrtException {
        var pairs = hold(tensors, 2L * count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            pairs.putLong(size.width()).putLong(size.height());
        }
        return OnnxBuffers.tensor(pairs.rewind(), OnnxJavaType.INT64, new long[] {count, 2});
    }

    private List<Output> outputs(Tensors tensors, int count) throws OrtException {
        var all = new ArrayList<Output>();
        for (int i = 0; i < shapes.size(); i++) {
            long[] shape = shapes.get(i).clone();
            shape[0] *= count;
            String name = model.outputs().get(i).getName();
            var bytes = hold(tensors, OnnxBuffers.values(shape) * Float.BYTES);
            tensors.outputs.put(name, OnnxBuffers.tensor(bytes, OnnxJavaType.FLOAT, shape));
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
        byCount.values().forEach(Tensors::close);
        byCount.clear();
    }

    @Override
    public void close() {
        closeTensors();
        letterboxes.forEach(Letterbox::close);
        pictures.forEach(PictureTensor::close);
        memory.close();
    }
}
