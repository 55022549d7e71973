package io.sightline.engine.detect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/**
 * Opens the height and width of a model that was exported for one size: the picture's last two axes get names instead of
 * numbers, and the shapes of everything behind it, which follow from them, are left for the runtime to find. Weights and
 * steps stay as they are, byte by byte. Whether the model really works at other sizes is for the caller to try.
 *
 * <p>Source: onnx.proto of the ONNX project; a file is nested records of fields, each with a number, a type and content.
 */
final class OpenAxes {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;
    private static final int GRAPH_VALUE_SHAPES = 13;
    private static final int VALUE_NAME = 1;
    private static final int VALUE_TYPE = 2;
    private static final int TYPE_TENSOR = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int SHAPE_AXIS = 1;
    private static final int AXIS_NAME = 2;
    private static final int KEPT_AXES = 2;

    private static final int BLOCK = 2;

    private OpenAxes() {}

    /**
     * @param model an ONNX file that was loaded before, so it is well-formed
     * @param input name of the input that takes the picture: batch, channels, height, width
     */
    static byte[] of(byte[] model, String input) {
        return edit(ByteBuffer.wrap(model), (field, graph) -> field == MODEL_GRAPH ? graph(graph, input) : null);
    }

    private static byte[] graph(ByteBuffer graph, String input) {
        return edit(graph, (field, content) -> switch (field) {
            case GRAPH_VALUE_SHAPES -> new byte[0];
            case GRAPH_INPUT -> input.equals(name(content)) ? value(content, true) : null;
            case GRAPH_OUTPUT -> value(content, false);
            default -> null;
        });
    }

    /** @param axes whether the shape stays, with open axes, or goes */
    private static byte[] value(ByteBuffer value, boolean axes) {
        return edit(
                value,
                (field, type) -> field != VALUE_TYPE
                        ? null
                        : edit(
                                type,
                                (kind, tensor) -> kind != TYPE_TENSOR
                                        ? null
                                        : edit(
                                                tensor,
                                                (part, shape) -> part == TENSOR_SHAPE ? shape(shape, axes) : null)));
    }

    private static byte[] shape(ByteBuffer shape, boolean axes) {
        if (!axes) {
            return new byte[0];
        }
        var seen = new int[1];
        return edit(shape, (field, axis) -> {
            if (field != SHAPE_AXIS || ++seen[0] <= KEPT_AXES) {
                return null;
            }
            var out = new ByteArrayOutputStream();
            writeBlock(out, AXIS_NAME, ("open" + seen[0]).getBytes(StandardCharsets.UTF_8));
            return out.toByteArray();
        });
    }

    private static String name(ByteBuffer value) {
        var name = new StringBuilder();
        edit(value.duplicate(), (field, content) -> {
            if (field == VALUE_NAME) {
                name.append(StandardCharsets.UTF_8.decode(content.duplicate()));
            }
            return null;
        });
        return name.toString();
    }

    /**
     * Copies a record field by field.
     *
     * @param change gives the new content of a field; empty: the field goes; null: it stays
     */
    private static byte[] edit(ByteBuffer in, BiFunction<Integer, ByteBuffer, byte[]> change) {
        var out = new ByteArrayOutputStream(in.remaining());
        while (in.hasRemaining()) {
            int start = in.position();
            long key = varint(in);
            ByteBuffer content = content(in, (int) (key & 7));
            byte[] changed = (key & 7) == BLOCK ? change.apply((int) (key >>> 3), content) : null;
            if (changed == null) {
                out.write(in.array(), in.arrayOffset() + start, in.position() - start);
            } else if (changed.length > 0) {
                writeBlock(out, (int) (key >>> 3), changed);
            }
        }
        return out.toByteArray();
    }

    /** The bytes of a field without its length; the record's position is behind it then. */
    private static ByteBuffer content(ByteBuffer in, int wireType) {
        int length =
                switch (wireType) {
                    case 0 -> 0;
                    case 1 -> Long.BYTES;
                    case BLOCK -> Math.toIntExact(varint(in));
                    case 5 -> Integer.BYTES;
                    default -> throw new IllegalArgumentException("no field of ONNX has the wire type " + wireType);
                };
        if (wireType == 0) {
            varint(in);
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void writeBlock(ByteArrayOutputStream out, int field, byte[] content) {
        writeVarint(out, (long) field << 3 | BLOCK);
        writeVarint(out, content.length);
        out.writeBytes(content);
    }

    private static void writeVarint(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
