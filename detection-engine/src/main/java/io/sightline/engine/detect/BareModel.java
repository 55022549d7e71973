package io.sightline.engine.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sightline.engine.model.InputSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A model on a tensor that is ready, with the session options of a detector and nothing around it: the limit that a
 * detector is measured against. Used by one thread, whose CPU time is all that a run costs.
 */
public final class BareModel implements AutoCloseable {
    private static final int OPEN_SIDE = 416;
    private static final int SHADES = 255;
    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;

    private final OrtSession session;
    private final OnnxTensor input;
    private final Map<String, OnnxTensor> inputs;

    /** @param wished shape of the input; empty: the model's own */
    private BareModel(OrtSession session, long... wished) throws OrtException {
        this.session = session;
        var entry = session.getInputInfo().entrySet().iterator().next();
        long[] shape =
                wished.length > 0 ? wished : ((TensorInfo) entry.getValue().getInfo()).getShape();
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] < 0) {
                shape[i] = i == 0 ? 1 : OPEN_SIDE;
            }
        }
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        var pixels = ByteBuffer.allocateDirect(Math.toIntExact(size * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, i % SHADES);
        }
        input = OnnxTensor.createTensor(OnnxSessions.environment(), pixels, shape);
        inputs = Map.of(entry.getKey(), input);
    }

    /**
     * Loads a model with one picture as its only input, which has 416x416 pixels where the model leaves that open.
     *
     * @throws DetectionException if it cannot be read or is no such model
     */
    public static BareModel open(Path model) throws DetectionException {
        try (var options = OnnxSessions.options()) {
            var session = OnnxSessions.environment().createSession(Files.readAllBytes(model), options);
            return closedOnFailure(session);
        } catch (OrtException | IOException e) {
            throw DetectionException.badDetector("model " + model + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * As the other, with the input's height and width opened as {@link OpenAxes} does, for what a detector leaves of it
     * for pictures of one shape.
     *
     * @param width of the pictures in pixels
     * @param height of the pictures in pixels
     */
    public static BareModel open(Path model, int width, int height) throws DetectionException {
        try (var whole = open(model);
                var options = OnnxSessions.options()) {
            long[] shape = whole.input.getInfo().getShape().clone();
            var full = new InputSize((int) shape[WIDTH], (int) shape[HEIGHT]);
            InputSize size = TrimmedModel.shape(full, width, height);
            shape[WIDTH] = size.width();
            shape[HEIGHT] = size.height();
            ByteBuffer opened = OpenAxes.of(
                    ByteBuffer.wrap(Files.readAllBytes(model)),
                    whole.inputs.keySet().iterator().next());
            var session = OnnxSessions.environment().createSession(opened, options);
            return closedOnFailure(session, shape);
        } catch (OrtException | IOException e) {
            throw DetectionException.badDetector("model " + model + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static BareModel closedOnFailure(OrtSession session, long... shape) throws OrtException {
        try {
            return new BareModel(session, shape);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** One inference. */
    public void run() throws DetectionException {
        try (var result = session.run(inputs)) {
            assert result.size() > 0;
        } catch (OrtException e) {
            throw new DetectionException("the bare model failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        input.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model's memory was not given back", e);
        }
    }
}
