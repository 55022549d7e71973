package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.video.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of ever new sizes, and failures of every kind at random: no memory outside the heap is lost. */
@Timeout(4 * 3600)
class SpoiltFramesTest {
    private static final int[][] SIZES = {{1, 1}, {1, 2}, {16_383, 2}, {2, 16_383}, {517, 333}, {3, 200}};
    /** In all; many more on demand, with -Dsightline.spoilt-frames=100000. */
    private static final int FRAMES = Integer.getInteger("sightline.spoilt-frames", 500);

    private static final int ROUNDS = 10;
    private static final int ONE_IN = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final Random random = new Random(3);
    private final Map<Trouble, Integer> wanted = new EnumMap<>(Trouble.class);
    private final Map<Trouble, Integer> seen = new EnumMap<>(Trouble.class);
    private int asked;

    /** What happens to a frame. */
    private enum Trouble {
        NONE,
        /** The frame was given back before it is looked at. */
        GIVEN_BACK,
        /** The look ends in the middle. */
        HALFWAY,
        /** Who gets what was found fails. */
        CONSUMER,
        /** Who waits for what is found is interrupted while the look goes on. */
        INTERRUPTED
    }

    @ParameterizedTest
    @ValueSource(strings = {"hog", "onnx", "caffe", "motion"})
    void shouldTakeAnySize(String type) throws Exception {
        try (Detector detector = Ordeal.of(type, folder).detector()) {
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
    @ValueSource(strings = {"onnx", "caffe"})
    void shouldNotLeaveBuffersToTheCollector(String type) throws Exception {
        // Given
        Ordeal ordeal = Ordeal.of(type, folder);
        var frames = new EverNewFrames(1);
        try (var detector = ordeal.detector()) {
            failAt(detector, frames);
            long before = buffers();

            // When
            for (int i = 0; i < 30; i++) {
                failAt(detector, frames);
            }

            // Then
            assertThat(buffers()).isLessThanOrEqualTo(before);
        }
    }

    private static void failAt(Detector detector, EverNewFrames frames) {
        try (Frame white = frames.white()) {
            assertThatThrownBy(() -> detector.detect(white)).isInstanceOf(DetectionException.class);
        }
    }

    /** Bytes in direct buffers. */
    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void shouldNotGrowWhereHogFails() throws Exception {
        lookAtAll("hog");
    }

    @Test
    void shouldNotGrowWhereOnnxFails() throws Exception {
        lookAtAll("onnx");
    }

    @Test
    void shouldNotGrowWhereCaffeFails() throws Exception {
        lookAtAll("caffe");
    }

    @Test
    void shouldNotGrowWhereMotionFails() throws Exception {
        lookAtAll("motion");
    }

    private void lookAtAll(String type) throws Exception {
        Ordeal ordeal = Ordeal.of(type, folder);
        var frames = new EverNewFrames(ordeal.perSize());
        try (var detector = new WatchedDetector(ordeal.detector());
                var pool = new InferencePool(1, InferenceListener.NONE)) {
            Run run = new Run(ordeal, frames, detector, pool);

            // When
            run.round();
            var readings = new ArrayList<Long>(List.of(Pointer.physicalBytes()));
            for (int round = 0; round < ROUNDS; round++) {
                run.round();
                readings.add(Pointer.physicalBytes());
            }

            // Then
            System.out.printf("%s: %d frames, the detector worked on %d; %s%n", type, asked, detector.worked(), seen);
            System.out.printf("%s: MiB after each round %s%n", type, mebibytes(readings));
            assertThat(seen).isEqualTo(wanted).containsKeys(Trouble.values());
            assertThat(detector.worked()).as("worked").isGreaterThan(asked * 9 / 10);
            assertThat(leastGrowth(readings)).as("least growth").isLessThan(4 << 20);
            assertThat(frames.leased()).isZero();
            assertThat(pool.stuck()).isZero();
        }
    }

    /** A heap settles, a leak does not: what the round grew by that grew least is the measure. */
    private static long leastGrowth(List<Long> readings) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < readings.size(); i++) {
            least = Math.min(least, readings.get(i) - readings.get(i - 1));
        }
        return least;
    }

    private static String mebibytes(List<Long> readings) {
        return readings.stream()
                .map(bytes -> String.format(Locale.ROOT, "%.1f", bytes / (double) (1 << 20)))
                .collect(Collectors.joining(" "));
    }

    /** What takes part. */
    private final class Run {
        private final Ordeal ordeal;
        private final EverNewFrames frames;
        private final WatchedDetector detector;
        private final InferencePool pool;

        Run(Ordeal ordeal, EverNewFrames frames, WatchedDetector detector, InferencePool pool) {
            this.ordeal = ordeal;
            this.frames = frames;
            this.detector = detector;
            this.pool = pool;
        }

        void round() throws Exception {
            for (int i = 0; i < FRAMES / ROUNDS; i++) {
                boolean spoilt = random.nextInt(ONE_IN) == 0;
                Trouble trouble = spoilt ? Trouble.values()[1 + random.nextInt(4)] : Trouble.NONE;
                wanted.merge(trouble, 1, Integer::sum);
                seen.merge(look(trouble), 1, Integer::sum);
                asked++;
                awaitEnd();
            }
            System.gc();
        }

        /** Of a look that nobody waited for. */
        private void awaitEnd() {
            while (pool.stuck() > 0 || frames.leased() > 0) {
                Thread.yield();
            }
        }

        /** @return what happened */
        private Trouble look(Trouble trouble) throws Exception {
            Frame frame = trouble == Trouble.HALFWAY ? ordeal.failing(frames) : frames.next();
            if (trouble == Trouble.GIVEN_BACK) {
                return lookAtGone(frame);
            }
            try (frame) {
                if (trouble == Trouble.INTERRUPTED) {
                    detector.interruptNext(Thread.currentThread());
                }
                var look = new Look("a", detector, frame, ordeal.regions(frame));
                consume(pool.detect(look, PATIENCE), trouble);
                return Thread.interrupted() ? Trouble.INTERRUPTED : Trouble.NONE;
            } catch (InterruptedException e) {
                return Trouble.INTERRUPTED;
            } catch (UncheckedIOException e) {
                return Trouble.CONSUMER;
            } catch (DetectionException | ArithmeticException e) {
                assertThat(e.toString()).containsPattern(ordeal.complaint());
                return Trouble.HALFWAY;
            }
        }

        private Trouble lookAtGone(Frame frame) throws DetectionException {
            frame.close();
            try {
                detector.detect(frame, ordeal.regions(frame));
                return Trouble.NONE;
            } catch (IllegalStateException e) {
                return Trouble.GIVEN_BACK;
            }
        }

        private void consume(List<SeenObject> objects, Trouble trouble) {
            if (trouble == Trouble.CONSUMER) {
                throw new UncheckedIOException(new IOException(objects.size() + " objects cannot be told"));
            }
        }
    }
}
