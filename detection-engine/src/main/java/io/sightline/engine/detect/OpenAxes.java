package io.sightline.engine.detect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private static final int MAX_VARINT = 10;

    private OpenAxes() {}

    /** A record as pieces of the model's own memory and new ones, so that weights are copied once only. */
    private record Pieces(List<ByteBuffer> all) {
        static final Pieces NONE = new Pieces(List.of());

        int length() {
            return all.stream().mapToInt(ByteBuffer::remaining).reduce(0, Math::addExact);
        }
    }

    /** What becomes of a field. */
    private interface Change {
        /** @return the new content; empty: the field goes; null: it stays */
        @Nullable
        Pieces of(int field, ByteBuffer content);
    }

    /**
     * @param model an ONNX file that was loaded before, so it is well-formed
     * @param input name of the input that takes the picture: batch, channels, height, width
     * @return direct, ready to be read
     */
    static ByteBuffer of(ByteBuffer model, String input) {
        Pieces opened = edit(model, (field, graph) -> field == MODEL_GRAPH ? graph(graph, input) : null);
        ByteBuffer out = ByteBuffer.allocateDirect(opened.length());
        opened.all.forEach(out::put);
        return out.flip();
    }

    private static Pieces graph(ByteBuffer graph, String input) {
        return edit(graph, (field, content) -> switch (field) {
            case GRAPH_VALUE_SHAPES -> Pieces.NONE;
            case GRAPH_INPUT -> input.equals(name(content.duplicate())) ? value(content, true) : null;
            case GRAPH_OUTPUT -> value(content, false);
            default -> null;
        });
    }

    /** @param axes whether the shape stays, with open axes, or goes */
    private static Pieces value(ByteBuffer value, boolean axes) {
        return edit(value, (field, type) -> field == VALUE_TYPE ? type(type, axes) : null);
    }

    private static Pieces type(ByteBuffer type, boolean axes) {
        return edit(
                type,
                (kind, tensor) -> kind == TYPE_TENSOR
                        ? edit(tensor, (part, shape) -> part == TENSOR_SHAPE ? shape(shape, axes) : null)
                        : null);
    }

    private static Pieces shape(ByteBuffer shape, boolean axes) {
        if (!axes) {
            return Pieces.NONE;
        }
        var seen = new int[1];
        return edit(shape, (field, axis) -> {
            if (field != SHAPE_AXIS || ++seen[0] <= KEPT_AXES) {
                return null;
            }
            byte[] name = ("open" + seen[0]).getBytes(StandardCharsets.UTF_8);
            return new Pieces(List.of(head(AXIS_NAME, name.length), ByteBuffer.wrap(name)));
        });
    }

    private static String name(ByteBuffer value) {
        var name = new StringBuilder();
        edit(value, (field, content) -> {
            if (field == VALUE_NAME) {
                name.append(StandardCharsets.UTF_8.decode(content.duplicate()));
            }
            return null;
        });
        return name.toString();
    }

    /** Goes through a record field by field. */
    private static Pieces edit(ByteBuffer in, Change change) {
        var out = new ArrayList<ByteBuffer>();
        while (in.hasRemaining()) {
            int start = in.position();
            long key = varint(in);
            int field = (int) (key >>> 3);
            ByteBuffer content = content(in, (int) (key & 7));
            Pieces changed = (key & 7) == BLOCK ? change.of(field, content) : null;
            if (changed == null) {
                out.add(in.slice(start, in.position() - start));
            } else if (!changed.all.isEmpty()) {
                out.add(head(field, changed.length()));
                out.addAll(changed.all);
            }
        }
        return new Pieces(out);
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

    /** Number, type and length of a field, before its content. */
    private static ByteBuffer head(int field, int length) {
        var out = ByteBuffer.allocate(2 * MAX_VARINT);
        writeVarint(out, (long) field << 3 | BLOCK);
        writeVarint(out, length);
        return out.flip();
    }

    private static void writeVarint(ByteBuffer out, long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.put((byte) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
    }
}
