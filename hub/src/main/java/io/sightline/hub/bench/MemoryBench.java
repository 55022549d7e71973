package io.sightline.hub.bench;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Memory over many frames: {@code hog} and {@code onnx} see every frame, of ever new sizes, and one call in fifty fails in the
 * middle. What is outside the heap may not grow.
 */
final class MemoryBench {
    private static final long SEED = 11;
    private static final int MAX_SIDE = 200;
    private static final int SPOILT = 50;
    private static final int REPORTS = 20;

    /** Frames until the runtime has met every shape that the model is cut to, and keeps buffers for each. */
    private static final int SHAPES = 3000;

    private static final int TOUCHED_MEBIBYTES = 4096;
    private static final double MEBIBYTE = 1 << 20;

    /** What a heap of the C library may settle by; a leak of one small picture per failure is forty times as much. */
    private static final Limit LIMIT = new Limit(16, 4);

    private final Random random = new Random(SEED);
    private final FramePool pool = new FramePool(1, FrameInfo.bytes(MAX_SIDE, MAX_SIDE));
    private final byte[] pixels = new byte[2 * FrameInfo.bytes(MAX_SIDE, MAX_SIDE)];
    private final List<Detector> detectors;
    private long failures;

    private MemoryBench(List<Detector> detectors) {
        this.detectors = detectors;
        random.nextBytes(pixels);
    }

    static List<Figure> figures(BenchPlan plan) throws Exception {
        if (!Files.isReadable(Path.of("/proc/self/statm"))) {
            throw new SkippedException(
                    "this system does not tell a process how much memory it has in /proc/self/statm");
        }
        List<Detector> detectors = new ArrayList<>();
        try {
            detectors.add(Detectors.open(new DetectorSpec.Hog("hog", 96, DetectorSpec.DEFAULT_MIN_CONFIDENCE)));
            detectors.add(PipelineBench.detector(plan.model()));
            return List.of(new MemoryBench(detectors).measure(plan));
        } finally {
            detectors.forEach(Detector::close);
        }
    }

    private Figure measure(BenchPlan plan) throws IOException {
        int frames = plan.frames();
        touchHeap();
        look(Math.max(SHAPES, frames / 20));
        double start = outsideHeap();
        double now = start;
        for (int part = 1; part <= REPORTS; part++) {
            look(frames / REPORTS);
            now = outsideHeap();
            plan.progress()
                    .accept(String.format(
                            Locale.ROOT,
                            "memory: %d frames, %d failures, %.1f MiB outside the heap (%+.1f)",
                            frames / REPORTS * part,
                            failures,
                            now,
                            now - start));
        }
        double growth = now - start;
        String note = String.format(
                Locale.ROOT,
                "%d frames through %d detectors, %d failures; %.1f MiB after warm-up, %.1f at the end",
                frames,
                detectors.size(),
                failures,
                start,
                now);
        return Figure.alone("memory", "growth outside the heap, MiB", growth, LIMIT.verdict(Math.max(0, growth), 0))
                .with(note);
    }

    private void look(int frames) {
        for (int i = 0; i < frames; i++) {
            Frame frame = frame();
            if (random.nextInt(SPOILT) == 0) {
                frame.close();
                detectors.forEach(detector -> look(detector, frame));
            } else {
                detectors.forEach(detector -> look(detector, frame));
                frame.close();
            }
        }
    }

    /** A frame that was given back makes a detector fail when its buffers are already in use. */
    private void look(Detector detector, Frame frame) {
        try {
            detector.detect(frame);
        } catch (DetectionException | IllegalStateException e) {
            failures++;
        }
    }

    private Frame frame() {
        var info = new FrameInfo("bench", 1, Instant.EPOCH, side(), side());
        var slot = pool.lease().orElseThrow();
        slot.memory().put(0, pixels, random.nextInt(pixels.length / 2), info.bytes());
        return slot.publish(info);
    }

    private int side() {
        return 1 + random.nextInt(MAX_SIDE);
    }

    /** Makes the young part of the heap resident now, so that it does not look like growth later. */
    private static void touchHeap() {
        long sum = 0;
        for (int i = 0; i < TOUCHED_MEBIBYTES; i++) {
            sum += new byte[1 << 20].length;
        }
        if (sum == 0) {
            throw new IllegalStateException("the arrays were left out");
        }
    }

    /** Mebibytes. */
    private static double outsideHeap() throws IOException {
        System.gc();
        long pages =
                Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        return (pages * 4096 - heap) / MEBIBYTE;
    }
}
