package io.sightline.engine.detect;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.sightline.engine.model.ModelAnswer.Output;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Memory that ONNX Runtime reads and writes, and what comes back from it. */
final class OnnxBuffers {
    /** Largest output that is taken, in values; 1 GiB of floats. */
    private static final long MAX_VALUES = 1L << 28;

    private OnnxBuffers() {}

    static long values(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** A tensor over memory that stays the caller's. */
    static OnnxTensor tensor(ByteBuffer memory, OnnxJavaType type, long[] shape) throws OrtException {
        var environment = OnnxSessions.environment();
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(environment, memory.asFloatBuffer(), shape);
            case FLOAT16 -> OnnxTensor.createTensor(environment, memory.asShortBuffer(), shape, type);
            case INT64 -> OnnxTensor.createTensor(environment, memory.asLongBuffer(), shape);
            default -> OnnxTensor.createTensor(environment, memory, shape, type);
        };
    }

    /** Copies what a model gave. @throws DetectionException if these are no numbers, or too many */
    static Output copy(String name, OnnxValue value) throws DetectionException {
        if (!(value instanceof OnnxTensor tensor)) {
            throw DetectionException.badDetector("output '" + name + "' is no tensor");
        }
        TensorInfo info = tensor.getInfo();
        long[] shape = info.getShape();
        if (values(shape) > MAX_VALUES) {
            throw DetectionException.badDetector("output '" + name + "' has the shape " + Arrays.toString(shape)
                    + ", allowed are at most " + MAX_VALUES + " values");
        }
        return switch (info.type) {
            case FLOAT, FLOAT16 -> new Output(name, shape, tensor.getFloatBuffer(), false);
            case INT64 -> new Output(name, shape, floats(tensor.getLongBuffer()), true);
            case INT32 -> new Output(name, shape, floats(tensor.getIntBuffer()), true);
            default ->
                throw DetectionException.badDetector(
                        "output '" + name + "' holds " + info.type + ", allowed are float, float16, int32 and int64");
        };
    }

    private static FloatBuffer floats(LongBuffer whole) {
        var floats = FloatBuffer.allocate(whole.remaining());
        while (whole.hasRemaining()) {
            floats.put(whole.get());
        }
        return floats.flip();
    }

    private static FloatBuffer floats(IntBuffer whole) {
        var floats = FloatBuffer.allocate(whole.remaining());
        while (whole.hasRemaining()) {
            floats.put(whole.get());
        }
        return floats.flip();
    }

    /** One picture's part of an output of several. */
    static Output part(Output all, int index, int count) {
        if (count == 1) {
            return all;
        }
        long[] shape = all.shape().clone();
        shape[0] = 1;
        int size = all.values().capacity() / count;
        return new Output(all.name(), shape, all.values().slice(index * size, size), all.whole());
    }
}
