package io.sightline.engine.detect;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;

/** Resident memory of this process, comparable over time: the heap is filled first, so that only the rest can grow. */
final class NativeMemory {
    private NativeMemory() {}

    static long resident() {
        long filled = 0;
        for (int i = 0; i < 20_000; i++) {
            var rubbish = new byte[100_000];
            Arrays.fill(rubbish, (byte) 1);
            filled += rubbish[i];
        }
        return filled > 0 ? Pointer.physicalBytes() : 0;
    }
}
