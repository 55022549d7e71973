package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import org.bytedeco.javacpp.Pointer;

/** Finds memory outside the heap that is not given back. */
final class NativeMemory {
    private static final int ROUNDS = 5;

    private NativeMemory() {}

    /**
     * Looks at the same frame again and again.
     *
     * @param frames per round
     * @return bytes by which this process grew in the round in which it grew least: a heap settles, a leak does not
     */
    static long leastGrowth(Detector detector, Frame frame, int frames) throws DetectionException {
        long least = Long.MAX_VALUE;
        look(detector, frame, frames);
        for (int i = 0; i < ROUNDS; i++) {
            long before = Pointer.physicalBytes();
            look(detector, frame, frames);
            least = Math.min(least, Pointer.physicalBytes() - before);
        }
        return least;
    }

    private static void look(Detector detector, Frame frame, int frames) throws DetectionException {
        for (int i = 0; i < frames; i++) {
            detector.detect(frame);
        }
        System.gc();
    }
}
