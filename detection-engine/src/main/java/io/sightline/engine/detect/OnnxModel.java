package io.sightline.engine.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sightline.engine.detect.DetectorSpec.Execution;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A loaded model that takes one picture. {@link #run} may be called by any number of threads at once; on the processor
 * each call uses its own thread and no other.
 */
final class OnnxModel implements AutoCloseable {
    /** Second input of detection transformers: width and height by which boxes are to be scaled. */
    static final String SIZES = "orig_target_sizes";

    /** ONNX Runtime writes its messages for a terminal. */
    private static final Pattern COLOURS = Pattern.compile("\\u001B\\[[\\d;]*m");

    private final Source source;
    private final OrtSession session;
    private final Optional<String> note;
    private final PicturePort picture;
    private final boolean sized;
    private final List<NodeInfo> outputs;
    private final ModelMetadata metadata;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Where a model is from. */
    private record Source(String detectorId, Path file, String sha256, Execution execution) {}

    private OnnxModel(Source source, OnnxSessions.Opened opened) throws DetectionException {
        this.source = source;
        this.session = opened.session();
        this.note = opened.note();
        try {
            var inputs = new ArrayList<>(session.getInputInfo().values());
            this.sized = inputs.removeIf(OnnxModel::isSizes);
            if (inputs.size() != 1) {
                throw bad("it has " + inputs.size() + " inputs " + texts(inputs)
                        + ", needed is one for the picture, and beside it at most '" + SIZES + "' INT64[1, 2]");
            }
            this.picture = PicturePort.of(inputs.get(0)).orElseThrow(() -> bad(PicturePort.needed(inputs.get(0))));
            this.outputs = List.copyOf(session.getOutputInfo().values());
            this.metadata = ModelMetadata.of(session.getMetadata().getCustomMetadata());
        } catch (OrtException e) {
            throw bad("its inputs and outputs cannot be read: " + e.getMessage(), e);
        }
        if (outputs.isEmpty()) {
            throw bad("it has no outputs");
        }
    }

    static OnnxModel load(String detectorId, Path file, Execution execution) throws DetectionException {
        var source = new Source(detectorId, file, hash(detectorId, file), execution);
        return of(source, (environment, options) -> environment.createSession(file.toString(), options));
    }

    private static OnnxModel of(Source source, OnnxSessions.Loader loader) throws DetectionException {
        OnnxSessions.Opened opened;
        try {
            opened = OnnxSessions.open(loader, source.execution);
        } catch (OrtException e) {
            throw DetectionException.badDetector(
                    "detector '" + source.detectorId + "': " + source.file + " is no ONNX model that can be used: "
                            + COLOURS.matcher(e.getMessage()).replaceAll(""),
                    e);
        }
        try {
            return new OnnxModel(source, opened);
        } catch (DetectionException | RuntimeException e) {
            close(opened.session());
            throw e;
        }
    }

    /** The same model with its height and width opened; to be closed as well. See {@link OpenAxes}. */
    OnnxModel opened() throws DetectionException {
        try (var channel = FileChannel.open(source.file)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            ByteBuffer open = OpenAxes.of(bytes, picture.name());
            return of(source, (environment, options) -> environment.createSession(open, options));
        } catch (IOException e) {
            throw bad("it cannot be read again: " + e, e);
        }
    }

    /** File name without its ending. */
    String name() {
        return name(source.file);
    }

    static String name(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Of the file, also where the axes were opened. */
    String sha256() {
        return source.sha256;
    }

    List<String> notes() {
        return note.stream().toList();
    }

    PicturePort picture() {
        return picture;
    }

    /** Whether it has the input {@link #SIZES}. */
    boolean sized() {
        return sized;
    }

    ModelMetadata metadata() {
        return metadata;
    }

    /** Types of the outputs in the model's order. */
    List<NodeInfo> outputs() {
        return outputs;
    }

    /** Whether all outputs are floats of 32 bits, so that it can write into buffers of ours. */
    boolean writesFloats() {
        return outputs.stream()
                .allMatch(node -> node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT);
    }

    /**
     * Runs the model.
     *
     * @param given outputs that are written into these tensors; the others are made by the call
     * @return to be closed by the caller
     */
    OrtSession.Result run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> given) throws DetectionException {
        try {
            if (given.isEmpty()) {
                return session.run(inputs);
            }
            return session.run(inputs, Set.of(), given);
        } catch (OrtException e) {
            throw failed("the model failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            close(session);
        }
    }

    private static boolean isSizes(NodeInfo node) {
        return node.getName().equals(SIZES)
                && node.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.INT64
                && tensor.getShape().length == 2
                && tensor.getShape()[1] == 2;
    }

    private static String hash(String detectorId, Path file) throws DetectionException {
        try (var in = Files.newInputStream(file)) {
            return Hashes.sha256(in);
        } catch (NoSuchFileException e) {
            throw DetectionException.badDetector("detector '" + detectorId + "': model " + file + " does not exist", e);
        } catch (IOException e) {
            throw DetectionException.badDetector(
                    "detector '" + detectorId + "': model " + file + " cannot be read: " + e, e);
        }
    }

    /** Trouble with one frame. */
    DetectionException failed(String problem, Throwable cause) {
        return new DetectionException("detector '" + source.detectorId + "': " + problem, cause);
    }

    /** Trouble that another frame does not mend. */
    DetectionException bad(String problem) {
        return DetectionException.badDetector(prefix() + problem);
    }

    DetectionException bad(String problem, Throwable cause) {
        return DetectionException.badDetector(prefix() + problem, cause);
    }

    private String prefix() {
        return "detector '" + source.detectorId + "': model " + source.file + ": ";
    }

    private static List<String> texts(Collection<NodeInfo> nodes) {
        return nodes.stream().map(PicturePort::text).toList();
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model's memory was not given back", e);
        }
    }
}
