package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.model.InputWishes;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of ever new sizes, and calls that fail in the middle: no memory outside the heap is lost. */
@Timeout(3600)
class SpoiltFramesTest {
    private static final int[][] SIZES = {{1, 1}, {1, 2}, {16_383, 2}, {2, 16_383}, {517, 333}, {3, 200}};
    /** In a round; many more on demand, with -Dsightline.spoilt-frames=25000. */
    private static final int FRAMES = Integer.getInteger("sightline.spoilt-frames", 250);

    private static final int ROUNDS = 4;
    private static final int LARGEST = 160;
    private static final int ONE_IN = 20;

    @TempDir
    Path folder;

    private final Random random = new Random(3);
    private int failures;

    @ParameterizedTest
    @ValueSource(strings = {"hog", "onnx", "caffe"})
    void shouldTakeAnySize(String type) throws Exception {
        try (Detector detector = detector(type)) {
            for (int[] size : SIZES) {
                var pool = Frames.pool(1, size[0], size[1]);
                try (Frame frame = Frames.grey(pool, "test", size[0], size[1])) {
                    assertThat(detector.detect(frame)).allSatisfy(seen -> {
                        assertThat(seen.box().right()).isLessThanOrEqualTo(size[0]);
                        assertThat(seen.box().bottom()).isLessThanOrEqualTo(size[1]);
                    });
                }
                assertThat(pool.leased()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hog", "onnx", "caffe"})
    void shouldNotGrowWhereCallsFail(String type) throws Exception {
        var pool = Frames.pool(1, LARGEST, LARGEST);
        try (Detector detector = detector(type)) {
            look(detector, pool);
            long least = Long.MAX_VALUE;
            long first = Pointer.physicalBytes();
            for (int round = 0; round < ROUNDS; round++) {
                long before = Pointer.physicalBytes();
                look(detector, pool);
                least = Math.min(least, Pointer.physicalBytes() - before);
            }

            System.out.printf(
                    "%s: %d frames, %d failures, growth %d KiB, at least %d KiB in a round%n",
                    type, FRAMES * ROUNDS, failures, (Pointer.physicalBytes() - first) >> 10, least >> 10);
            assertThat(failures).isGreaterThan(ROUNDS);
            assertThat(least).as("least growth").isLessThan(4 << 20);
            assertThat(pool.leased()).isZero();
        }
    }

    /** A heap settles, a leak does not: what the round grew by that grew least is the measure. */
    private void look(Detector detector, FramePool pool) throws DetectionException {
        for (int i = 0; i < FRAMES; i++) {
            var info = new FrameInfo("test", 1, Instant.EPOCH, side(), side());
            Frame frame = pool.lease().orElseThrow().publish(info);
            boolean spoilt = random.nextInt(ONE_IN) == 0;
            if (spoilt) {
                frame.close();
            }
            try {
                detector.detect(frame);
            } catch (IllegalStateException e) {
                failures++;
            }
            if (!spoilt) {
                frame.close();
            }
        }
        System.gc();
    }

    private int side() {
        return 1 + random.nextInt(LARGEST);
    }

    private Detector detector(String type) throws Exception {
        if (type.equals("hog")) {
            return Detectors.open(new DetectorSpec.Hog(type, 96, 0.6));
        }
        if (type.equals("caffe")) {
            Path network = Files.writeString(folder.resolve("tiny.prototxt"), TinyCaffe.NETWORK);
            Path weights = Files.write(folder.resolve("tiny.caffemodel"), TinyCaffe.weights());
            return Detectors.open(
                    new DetectorSpec.Caffe(type, weights, network, "voc", Set.of(), 0.6, InputWishes.NONE));
        }
        long[] output = {1, 21, 85};
        byte[] model = TinyModel.answering(new long[] {1, 3, 32, 32}, output, new float[21 * 85]);
        Path file = TinyModel.write(folder.resolve("tiny.onnx"), model);
        return Detectors.open(new DetectorSpec.Onnx(type, file, "yolox", "coco", Set.of(), 0.6));
    }
}
