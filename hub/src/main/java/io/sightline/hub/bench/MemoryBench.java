package io.sightline.hub.bench;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.model.InputWishes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Memory over many frames: {@code hog}, YOLOX-Nano, {@code motion} and, where there is one, a MobileNet-SSD look at as many
 * frames each, and some looks fail, see {@link TroubledLooks}. What is outside the heap may not grow.
 */
final class MemoryBench {
    private static final int READINGS = 20;
    private static final int SMALLEST_PERSON = 48;

    /** Frames until the runtime has met every shape that the model is cut to, and keeps buffers for each. */
    private static final int SHAPES = 3000;

    private static final int TOUCHED_MEBIBYTES = 4096;
    private static final double MEBIBYTE = 1 << 20;

    /** What a heap of the C library may settle by; a leak of one small picture per failure is forty times as much. */
    private static final Limit LIMIT = new Limit(16, 4);

    private MemoryBench() {}

    static List<Figure> figures(BenchPlan plan) throws Exception {
        if (!Files.isReadable(Path.of("/proc/self/statm"))) {
            throw new SkippedException(
                    "this system does not tell a process how much memory it has in /proc/self/statm");
        }
        List<Detector> detectors = new ArrayList<>();
        try {
            detectors.add(
                    Detectors.open(new DetectorSpec.Hog("hog", SMALLEST_PERSON, DetectorSpec.DEFAULT_MIN_CONFIDENCE)));
            detectors.add(PipelineBench.detector(plan.model()));
            detectors.add(Detectors.open(new DetectorSpec.Motion("motion", DetectorSpec.DEFAULT_MIN_CONFIDENCE)));
            String leftOut = addCaffe(plan, detectors);
            try (var looks = new TroubledLooks(detectors)) {
                Figure figure = measure(plan, looks);
                return List.of(figure.with(figure.note() + leftOut));
            }
        } finally {
            detectors.forEach(Detector::close);
        }
    }

    /** @return why there is none, or nothing */
    private static String addCaffe(BenchPlan plan, List<Detector> detectors) throws DetectionException {
        try {
            detectors.add(Detectors.open(new DetectorSpec.Caffe(
                    "caffe",
                    plan.caffeModel(),
                    plan.caffeNetwork(),
                    "voc",
                    Set.of(),
                    DetectorSpec.DEFAULT_MIN_CONFIDENCE,
                    InputWishes.NONE)));
            return "";
        } catch (SkippedException e) {
            return "; without caffe: " + e.getMessage();
        }
    }

    private static Figure measure(BenchPlan plan, TroubledLooks looks) throws IOException, InterruptedException {
        touchHeap();
        looks.take(Math.max(SHAPES, plan.frames() / 20));
        looks.forget();
        var frames = new ArrayList<Double>(List.of(0.0));
        var mebibytes = new ArrayList<Double>(List.of(outsideHeap()));
        for (int part = 1; part <= READINGS; part++) {
            looks.take(plan.frames() / READINGS);
            frames.add((double) plan.frames() / READINGS * part);
            mebibytes.add(outsideHeap());
            plan.progress()
                    .accept(String.format(
                            Locale.ROOT,
                            "memory: %.0f frames, %s; %.1f MiB outside the heap",
                            frames.get(part),
                            looks,
                            mebibytes.get(part)));
        }
        var line = FittedLine.through(frames, mebibytes);
        double growth = line.slope() * plan.frames();
        double error = line.error() * plan.frames();
        String note = String.format(
                Locale.ROOT,
                "± %.1f, by a line through %d readings, %.1f to %.1f MiB; %d frames for each detector, %s",
                error,
                mebibytes.size(),
                mebibytes.get(0),
                mebibytes.get(READINGS),
                plan.frames(),
                looks);
        return Figure.alone(
                        "memory",
                        "growth outside the heap over these frames, MiB",
                        growth,
                        LIMIT.verdict(Math.max(0, growth), error / LIMIT.least()))
                .with(note);
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
