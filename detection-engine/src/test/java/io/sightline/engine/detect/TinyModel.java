package io.sightline.engine.detect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes an ONNX file of a few hundred bytes: whatever the picture is, the output is the numbers given here. */
final class TinyModel {
    private static final int FLOAT = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private TinyModel() {}

    /** A model with an input of this shape that always answers with these numbers. */
    static byte[] answering(long[] inputShape, long[] outputShape, float[] answer) {
        var node = new TinyModel().text(1, "answer").text(2, "output").text(4, "Identity");
        var graph = new TinyModel()
                .message(1, node)
                .text(2, "tiny")
                .message(5, tensor("answer", outputShape, answer))
                .message(11, value("images", inputShape))
                .message(12, value("output", outputShape));
        return new TinyModel()
                .number(1, 8)
                .message(7, graph)
                .message(8, new TinyModel().text(1, "").number(2, 13))
                .bytes
                .toByteArray();
    }

    static Path write(Path file, byte[] model) throws IOException {
        return Files.write(file, model);
    }

    private static TinyModel tensor(String name, long[] shape, float[] values) {
        var tensor = new TinyModel();
        for (long side : shape) {
            tensor.number(1, side);
        }
        var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return tensor.number(2, FLOAT).text(8, name).block(9, raw.array());
    }

    private static TinyModel value(String name, long[] shape) {
        var sides = new TinyModel();
        for (long side : shape) {
            sides.message(1, side < 0 ? new TinyModel().text(2, "any") : new TinyModel().number(1, side));
        }
        var type = new TinyModel().message(1, new TinyModel().number(1, FLOAT).message(2, sides));
        return new TinyModel().text(1, name).message(2, type);
    }

    private TinyModel number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    private TinyModel text(int field, String value) {
        return block(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private TinyModel message(int field, TinyModel message) {
        return block(field, message.bytes.toByteArray());
    }

    private TinyModel block(int field, byte[] content) {
        varint((long) field << 3 | 2);
        varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bytes.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
    }
}
