package io.sightline.engine.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A loaded model with one picture as its input and one tensor as its output. {@link #run} may be called by any number of
 * threads at once; each call uses its own thread and no other.
 */
final class OnnxModel implements AutoCloseable {
    private static final int CHANNELS = 3;
    private static final int MAX_SIDE = 8192;

    private final String detectorId;
    private final Path file;
    private final String sha256;
    private final OrtSession session;
    private final String input;
    private final String output;
    private final long[] inputShape;
    private final long[] outputShape;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxModel(String detectorId, Path file, Loaded loaded) throws DetectionException {
        this.detectorId = detectorId;
        this.file = file;
        this.sha256 = loaded.sha256;
        this.session = loaded.session;
        try {
            var in = only(session.getInputInfo(), "input");
            var out = only(session.getOutputInfo(), "output");
            this.input = in.getName();
            this.output = out.getName();
            this.inputShape = floats(in, "input");
            this.outputShape = floats(out, "output");
        } catch (OrtException e) {
            throw bad("its inputs and outputs cannot be read: " + e.getMessage(), e);
        }
        requirePicture();
    }

    static OnnxModel load(String detectorId, Path file) throws DetectionException {
        var loaded = session(detectorId, file);
        try {
            return new OnnxModel(detectorId, file, loaded);
        } catch (DetectionException | RuntimeException e) {
            close(loaded.session);
            throw e;
        }
    }

    /** File name without its ending. */
    String name() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    String sha256() {
        return sha256;
    }

    String input() {
        return input;
    }

    String output() {
        return output;
    }

    int width() {
        return (int) inputShape[3];
    }

    int height() {
        return (int) inputShape[2];
    }

    /** Refuses a model whose output is not what its decoder and labels lead to. */
    void requireOutput(long[] expected, Labels labels) throws DetectionException {
        boolean fits = outputShape.length == expected.length;
        for (int i = 0; fits && i < expected.length; i++) {
            fits = outputShape[i] == expected[i] || outputShape[i] < 0;
        }
        if (!fits) {
            throw bad("output '" + output + "' is " + text(outputShape) + ", the decoder needs " + text(expected)
                    + " for an input of " + width() + "x" + height() + " and the "
                    + labels.names().size() + " labels of " + labels.source());
        }
    }

    /** Runs the model on prepared tensors, writing into the given outputs. */
    void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) throws DetectionException {
        try (var result = session.run(inputs, outputs)) {
            assert result.size() == outputs.size();
        } catch (OrtException e) {
            throw new DetectionException("detector '" + detectorId + "': the model failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            close(session);
        }
    }

    /** One for the whole process; says errors only, since its warnings are nothing that an operator could act on. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sightline");
    }

    /** The same for a bare measurement: one thread of its own per call, none that wait in a busy loop. */
    static OrtSession.SessionOptions options() throws OrtException {
        var options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }

    private record Loaded(String sha256, OrtSession session) {}

    private static Loaded session(String detectorId, Path file) throws DetectionException {
        byte[] bytes = bytes(detectorId, file);
        try (var options = options()) {
            return new Loaded(Hashes.sha256(bytes), environment().createSession(bytes, options));
        } catch (OrtException e) {
            throw DetectionException.badDetector(
                    "detector '" + detectorId + "': " + file + " (" + bytes.length
                            + " bytes) is no ONNX model that can be used: " + e.getMessage(),
                    e);
        }
    }

    private static byte[] bytes(String detectorId, Path file) throws DetectionException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw DetectionException.badDetector("detector '" + detectorId + "': model " + file + " does not exist", e);
        } catch (IOException | OutOfMemoryError e) {
            throw DetectionException.badDetector(
                    "detector '" + detectorId + "': model " + file + " cannot be read: " + e, e);
        }
    }

    private NodeInfo only(Map<String, NodeInfo> nodes, String what) throws DetectionException {
        if (nodes.size() != 1) {
            throw bad("it has " + nodes.size() + " " + what + "s "
                    + nodes.values().stream().map(OnnxModel::text).toList() + ", the decoder needs 1");
        }
        return nodes.values().iterator().next();
    }

    private long[] floats(NodeInfo node, String what) throws DetectionException {
        if (node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
            return tensor.getShape();
        }
        throw bad(what + " " + text(node) + " is not a tensor of 32-bit floats");
    }

    /** One picture in planes of a fixed size; the batch may be left open. */
    private void requirePicture() throws DetectionException {
        long[] shape = inputShape;
        boolean fits = shape.length == 4
                && (shape[0] == 1 || shape[0] < 0)
                && shape[1] == CHANNELS
                && LongStream.of(shape[2], shape[3]).allMatch(side -> side >= 2 && side <= MAX_SIDE);
        if (!fits) {
            throw bad("input '" + input + "' is " + text(shape)
                    + ", needed is [1, 3, height, width] with a fixed height and width up to " + MAX_SIDE);
        }
    }

    private DetectionException bad(String problem) {
        return new DetectionException(DetectionException.Reason.BAD_DETECTOR, prefix() + problem);
    }

    private DetectionException bad(String problem, Throwable cause) {
        return DetectionException.badDetector(prefix() + problem, cause);
    }

    private String prefix() {
        return "detector '" + detectorId + "': model " + file + ": ";
    }

    private static String text(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo tensor
                ? "'" + node.getName() + "' " + tensor.type + text(tensor.getShape())
                : "'" + node.getName() + "' " + node.getInfo();
    }

    private static String text(long[] shape) {
        return Arrays.stream(shape)
                .mapToObj(side -> side < 0 ? "?" : Long.toString(side))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model's memory was not given back", e);
        }
    }
}
