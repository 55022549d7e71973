package io.sightline.engine.detect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory outside the heap that is given back when it is closed. A direct buffer of the JDK is given back when the garbage
 * collector comes by, which may be long after a call has failed and its buffers have been replaced. Its content is
 * arbitrary at first.
 */
final class NativeBytes implements AutoCloseable {
    private final BytePointer memory;

    /**
     * @param size in bytes, 1 to 2 GiB, which is as much as a buffer can show
     * @throws OutOfMemoryError if there is not so much
     */
    NativeBytes(long size) {
        memory = new BytePointer((long) Math.toIntExact(size));
    }

    /** All of it, in the machine's byte order; not to be touched after {@link #close}. */
    ByteBuffer buffer() {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        memory.close();
    }
}
