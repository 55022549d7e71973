package io.sightline.engine.detect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes ONNX files of a few hundred bytes. */
final class TinyModel {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT64 = 7;
    static final int FLOAT16 = 10;

    /** Centre, size, object, and four labels. */
    private static final int COLUMNS = 9;

    /** Share of full brightness from which on a cell counts as white. */
    private static final float WHITE = 0.98f;

    private static final int INITIALIZER = 5;
    private static final int INPUT = 11;
    private static final int OUTPUT = 12;

    private final ProtoBytes graph = new ProtoBytes();
    private final ProtoBytes metadata = new ProtoBytes();

    /** A model with an input of this shape that always answers with these numbers. */
    static byte[] answering(long[] inputShape, long[] outputShape, float[] answer) {
        return new TinyModel()
                .input("images", FLOAT, inputShape)
                .output("output", outputShape, answer)
                .bytes();
    }

    /**
     * A model that looks at the picture: like YOLOX with four labels, a row for each cell of 8, 16 and 32 pixels. Each cell
     * says that there is one object of the first label as large as itself on its upper left corner, as certain as the
     * first channel is bright on average.
     *
     * @param input batch, 3, height, width
     */
    static byte[] bright(long[] input) {
        return cellsOf(input).end("Transpose", List.of("rows"), numbers("perm", 0, 2, 1), input);
    }

    /**
     * The same model, which fails while it runs where a picture has a white spot: how bright the brightest cell is becomes
     * the index into a list of one number.
     *
     * @param input batch, 3, height, width
     */
    static byte[] failingWhereWhite(long[] input) {
        var model = cellsOf(input);
        model.node("Transpose", "told", List.of("rows"), numbers("perm", 0, 2, 1));
        model.node("ReduceMax", "most", List.of("k8"), number("keepdims", 0));
        model.constant("white", new long[0], new float[] {WHITE});
        model.node("Div", "share", List.of("most", "white"), new ProtoBytes());
        model.node("Cast", "index", List.of("share"), number("to", INT64));
        model.constant("list", new long[] {1}, new float[] {0});
        model.node("Gather", "nothing", List.of("list", "index"), new ProtoBytes());
        return model.end("Add", List.of("told", "nothing"), new ProtoBytes(), input);
    }

    /** The last step. */
    private byte[] end(String operator, List<String> inputs, ProtoBytes attributes, long[] input) {
        node(operator, "output", inputs, attributes);
        graph.message(OUTPUT, value("output", FLOAT, new long[] {input[0], cells(input), COLUMNS}));
        return bytes();
    }

    private static TinyModel cellsOf(long[] input) {
        var model = new TinyModel().input("images", FLOAT, input);
        var offset = new float[COLUMNS];
        offset[5] = 1;
        model.constant("offset", new long[] {1, COLUMNS, 1, 1}, offset);
        model.constant("pick", new long[] {COLUMNS, 3, 1, 1}, pick());
        model.constant("shape", new long[] {3}, new long[] {0, COLUMNS, -1});
        for (int stride : List.of(8, 16, 32)) {
            model.node("AveragePool", "p" + stride, List.of("images"), pool(stride));
            model.node("Conv", "k" + stride, List.of("p" + stride, "pick"), new ProtoBytes());
            model.node("Add", "a" + stride, List.of("k" + stride, "offset"), new ProtoBytes());
            model.node("Reshape", "r" + stride, List.of("a" + stride, "shape"), new ProtoBytes());
        }
        model.node("Concat", "rows", List.of("r8", "r16", "r32"), number("axis", 2));
        return model;
    }

    /** A model that repeats its picture until it takes more memory than any machine has addresses for. */
    static byte[] enormous(long[] input) {
        var model = new TinyModel().input("images", FLOAT, input);
        model.constant("sides", new long[] {4}, new long[] {1 << 24, 3, 1 << 12, 1 << 12});
        model.node("ReduceMean", "mean", List.of("images"), numbers("axes", 2, 3));
        model.node("Expand", "output", List.of("mean", "sides"), new ProtoBytes());
        model.graph.message(OUTPUT, value("output", FLOAT, new long[] {-1, 3, -1, -1}));
        return model.bytes();
    }

    private static long cells(long[] input) {
        return input[2] < 0 ? -1 : (input[2] / 8) * (input[3] / 8) * 21 / 16;
    }

    /** Only the fifth column, the object, is made of the picture. */
    private static float[] pick() {
        var weights = new float[COLUMNS * 3];
        weights[4 * 3] = 1 / 255f;
        return weights;
    }

    TinyModel input(String name, int type, long... shape) {
        graph.message(INPUT, value(name, type, shape));
        return this;
    }

    /** An output that is always the same. */
    TinyModel output(String name, long[] shape, float... values) {
        constant(name + "-answer", shape, values);
        return identity(name, FLOAT, shape);
    }

    /** An output of whole numbers. */
    TinyModel output(String name, long[] shape, long... values) {
        constant(name + "-answer", shape, values);
        return identity(name, INT64, shape);
    }

    /** An output of floats of 16 bits. */
    TinyModel halves(String name, long[] shape, float... values) {
        constant(name + "-answer", shape, values);
        node("Cast", name, List.of(name + "-answer"), number("to", FLOAT16));
        graph.message(OUTPUT, value(name, FLOAT16, shape));
        return this;
    }

    /** An output that is an input. */
    TinyModel echo(String name, String input, int type, long... shape) {
        node("Identity", name, List.of(input), new ProtoBytes());
        graph.message(OUTPUT, value(name, type, shape));
        return this;
    }

    TinyModel says(String key, String value) {
        metadata.message(14, new ProtoBytes().text(1, key).text(2, value));
        return this;
    }

    byte[] bytes() {
        return new ProtoBytes()
                .number(1, 8)
                .message(7, new ProtoBytes().text(2, "tiny").and(graph))
                .message(8, new ProtoBytes().text(1, "").number(2, 13))
                .and(metadata)
                .bytes();
    }

    static Path write(Path file, byte[] model) throws IOException {
        return Files.write(file, model);
    }

    private TinyModel identity(String name, int type, long[] shape) {
        return echo(name, name + "-answer", type, shape);
    }

    private void constant(String name, long[] shape, float[] values) {
        var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        constant(name, Map.entry(FLOAT, raw), shape);
    }

    private void constant(String name, long[] shape, long[] values) {
        var raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        constant(name, Map.entry(INT64, raw), shape);
    }

    private void constant(String name, Map.Entry<Integer, ByteBuffer> content, long[] shape) {
        var tensor = new ProtoBytes();
        for (long side : shape) {
            tensor.number(1, side);
        }
        graph.message(
                INITIALIZER,
                tensor.number(2, content.getKey())
                        .text(8, name)
                        .block(9, content.getValue().array()));
    }

    private void node(String operator, String output, List<String> inputs, ProtoBytes attributes) {
        var node = new ProtoBytes();
        inputs.forEach(input -> node.text(1, input));
        graph.message(1, node.text(2, output).text(4, operator).and(attributes));
    }

    private static ProtoBytes pool(int stride) {
        return numbers("kernel_shape", stride, stride).and(numbers("strides", stride, stride));
    }

    private static ProtoBytes number(String name, long value) {
        return new ProtoBytes()
                .message(5, new ProtoBytes().text(1, name).number(3, value).number(20, 2));
    }

    private static ProtoBytes numbers(String name, long... values) {
        var attribute = new ProtoBytes().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return new ProtoBytes().message(5, attribute.number(20, 7));
    }

    private static ProtoBytes value(String name, int type, long[] shape) {
        var sides = new ProtoBytes();
        for (int i = 0; i < shape.length; i++) {
            sides.message(1, shape[i] < 0 ? new ProtoBytes().text(2, "any" + i) : new ProtoBytes().number(1, shape[i]));
        }
        var tensor =
                new ProtoBytes().message(1, new ProtoBytes().number(1, type).message(2, sides));
        return new ProtoBytes().text(1, name).message(2, tensor);
    }
}
