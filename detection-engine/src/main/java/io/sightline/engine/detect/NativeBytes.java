package io.sightline.engine.detect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside the heap that is given back when it is closed, and only then. A direct buffer of the JDK is given back
 * when the garbage collector comes by, which may be long after a call has failed and its buffers have been replaced. Its
 * content is arbitrary at first. Closed once, by one thread.
 */
final class NativeBytes implements AutoCloseable {
    private final Pointer memory;
    private final int size;

    /**
     * @param size in bytes, 1 to 2 GiB, which is as much as a buffer can show
     * @throws OutOfMemoryError if there is not so much
     */
    NativeBytes(long size) {
        this.size = Math.toIntExact(size);
        // not counted by JavaCPP, whose limit is as large as the heap and has nothing to do with models
        memory = Pointer.malloc(size);
        if (memory == null || memory.isNull()) {
            throw new OutOfMemoryError(size + " bytes outside the heap");
        }
    }

    /** All of it, in the machine's byte order; not to be touched after {@link #close}. */
    ByteBuffer buffer() {
        return new BytePointer(memory).capacity(size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        Pointer.free(memory);
    }
}
