package io.sightline.engine.detect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes records in the format of protocol buffers, as model files are made of. */
final class ProtoBytes {
    private static final int BLOCK = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtoBytes number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    ProtoBytes text(int field, String value) {
        return block(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoBytes message(int field, ProtoBytes message) {
        return block(field, message.bytes());
    }

    ProtoBytes block(int field, byte[] content) {
        varint((long) field << 3 | BLOCK);
        varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    /** The fields of another record as well. */
    ProtoBytes and(ProtoBytes other) {
        bytes.writeBytes(other.bytes());
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
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
