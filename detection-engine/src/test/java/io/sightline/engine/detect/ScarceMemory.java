package io.sightline.engine.detect;

import io.sightline.engine.model.InputWishes;
import io.sightline.engine.video.FramePool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own, whose memory outside the heap runs out and is given back: looks at a frame with each detector
 * before, meanwhile and after, and prints what came of it.
 */
final class ScarceMemory {
    /** More than the process may have besides. */
    private static final int BALLAST_BLOCKS = 12;

    private static final int BLOCK = 64 << 20;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final FramePool frames = Frames.pool(1, 640, 480);
    private @Nullable List<ByteBuffer> ballast;

    private ScarceMemory() {}

    public static void main(String[] arguments) throws Exception {
        new ScarceMemory().run(Path.of(arguments[0]));
    }

    private void run(Path folder) throws Exception {
        var detectors = List.of(
                Detectors.open(new DetectorSpec.Hog("hog", 96, 0.6)), Detectors.open(onnx(folder)), caffe(folder));
        try (var pool = new InferencePool(1, InferenceListener.NONE)) {
            lookAll("before", pool, detectors);
            takeAllMemory();
            lookAll("meanwhile", pool, detectors);
            open("meanwhile");
            giveBack();
            lookAll("after", pool, detectors);
            open("after");
            System.out.println("stuck " + pool.stuck() + ", leased " + frames.leased());
        }
        for (Detector detector : detectors) {
            detector.close();
        }
    }

    private void lookAll(String when, InferencePool pool, List<Detector> detectors) throws InterruptedException {
        for (Detector detector : detectors) {
            String id = detector.info().id();
            try (var frame = Frames.grey(frames, id, 640, 480)) {
                int found = pool.detect(new Look(id, detector, frame), LONG).size();
                System.out.println(when + " " + id + ": answered " + found);
            } catch (DetectionException e) {
                System.out.println(when + " " + id + ": " + e.reason() + " " + e.getMessage());
            }
        }
    }

    private static void open(String when) {
        try (var detector = Detectors.open(new DetectorSpec.Hog("late", 96, 0.6))) {
            System.out.println(when + " open: " + detector.info().id());
        } catch (DetectionException | RuntimeException | Error e) {
            System.out.println(when + " open: " + e);
        }
    }

    /** Direct memory is written to when it is made, so it is there for certain. */
    private void takeAllMemory() {
        var blocks = new ArrayList<ByteBuffer>();
        for (int i = 0; i < BALLAST_BLOCKS; i++) {
            blocks.add(ByteBuffer.allocateDirect(BLOCK));
        }
        ballast = blocks;
    }

    /** The collector frees it, and not at once. */
    private void giveBack() throws InterruptedException {
        long before = Pointer.physicalBytes();
        ballast = null;
        while (Pointer.physicalBytes() > before - (long) BLOCK * (BALLAST_BLOCKS - 1)) {
            System.gc();
            Thread.onSpinWait();
        }
    }

    private static DetectorSpec onnx(Path folder) throws IOException {
        byte[] model = TinyModel.answering(new long[] {1, 3, 32, 32}, new long[] {1, 21, 85}, new float[21 * 85]);
        Path file = TinyModel.write(folder.resolve("tiny.onnx"), model);
        return new DetectorSpec.Onnx("onnx", file, "yolox", "coco", Set.of(), 0.6);
    }

    private static Detector caffe(Path folder) throws IOException, DetectionException {
        Path network = Files.writeString(folder.resolve("tiny.prototxt"), TinyCaffe.NETWORK);
        Path weights = Files.write(folder.resolve("tiny.caffemodel"), TinyCaffe.weights());
        return Detectors.open(
                new DetectorSpec.Caffe("caffe", weights, network, "voc", Set.of(), 0.6, InputWishes.NONE));
    }
}
