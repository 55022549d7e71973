package io.sightline.engine.detect;

import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.InputWishes;
import io.sightline.engine.motion.MotionGate;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Verdict;
import io.sightline.engine.video.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.HOGDescriptor;

/** What a kind of detector is put through: frames that it always sees something in, and ones that it fails on halfway. */
interface Ordeal {
    Detector detector();

    /** Frames of one size after another. */
    default int perSize() {
        return 1;
    }

    /** Where the detector is to look; empty for everywhere. */
    default List<BoundingBox> regions(Frame frame) {
        return List.of();
    }

    /** A frame that the detector begins to look at and does not end. */
    Frame failing(EverNewFrames frames) throws Exception;

    /** A regular expression for what is thrown then, with its message; of the library where there is one. */
    String complaint();

    static Ordeal of(String type, Path folder) throws Exception {
        return switch (type) {
            case "hog" -> new Hog();
            case "motion" -> new Motion();
            case "onnx" -> new Model(onnx(folder), "Gather.*indices element out of data bounds");
            default -> new Model(caffe(folder), "OpenCV.*roisData");
        };
    }

    private static Detector onnx(Path folder) throws Exception {
        byte[] model = TinyModel.failingWhereWhite(new long[] {1, 3, -1, -1});
        Path file = TinyModel.write(folder.resolve("tiny.onnx"), model);
        Path labels = Files.write(folder.resolve("labels.txt"), List.of("a", "b", "c", "d"));
        var none = InputWishes.NONE;
        var small = new InputWishes(
                Optional.of(new InputSize(128, 128)),
                none.fit(),
                none.colours(),
                none.range(),
                none.mean(),
                none.deviation(),
                true);
        return Detectors.open(new DetectorSpec.Onnx(
                "onnx", file, "yolox", labels.toString(), Set.of(), 0.2, small, DetectorSpec.Execution.ON_CPU));
    }

    private static Detector caffe(Path folder) throws Exception {
        Path network = Files.writeString(folder.resolve("tiny.prototxt"), TinyCaffe.FAILING);
        Path weights = Files.write(folder.resolve("tiny.caffemodel"), TinyCaffe.failingWeights());
        return Detectors.open(
                new DetectorSpec.Caffe("caffe", weights, network, "voc", Set.of(), 0.6, InputWishes.NONE));
    }

    /** A model that fails while it runs where the picture is white. */
    record Model(Detector detector, String complaint) implements Ordeal {
        @Override
        public Frame failing(EverNewFrames frames) {
            return frames.white();
        }
    }

    /** Told of almost every window, so that each picture that is searched has some. */
    record Hog(HogDetector detector) implements Ordeal {
        Hog() throws DetectionException {
            this(new HogDetector(new DetectorSpec.Hog("hog", 48, LEAST_CONFIDENCE)));
        }

        private static final double LEAST_CONFIDENCE = 0.1;

        /** No picture makes OpenCV's search fail; cells that do not fill a block do, when the search has begun. */
        @Override
        public Frame failing(EverNewFrames frames) throws Exception {
            var workspaces = HogDetector.class.getDeclaredField("workspaces");
            workspaces.setAccessible(true);
            ((Workspaces<?>) workspaces.get(detector)).use(workspace -> {
                try (var cell = new Size(7, 7)) {
                    var descriptor = workspace.getClass().getDeclaredField("descriptor");
                    descriptor.setAccessible(true);
                    return ((HOGDescriptor) descriptor.get(workspace)).cellSize(cell);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
            return frames.next();
        }

        @Override
        public String complaint() {
            return "OpenCV.*cellSize";
        }
    }

    /** With the gate, which finds what moves. No library is called, so there is none to fail. */
    record Motion(Detector detector, MotionGate gate) implements Ordeal {
        /** More than fits into nanoseconds. */
        private static final Duration CENTURIES = Duration.ofDays(365L * 400);

        Motion() throws DetectionException {
            this(Detectors.open(new DetectorSpec.Motion("motion", 0.6)), new MotionGate(MotionSettings.everyFrame()));
        }

        /** The first of a size is taken as the background. */
        @Override
        public int perSize() {
            return 40;
        }

        @Override
        public List<BoundingBox> regions(Frame frame) {
            return gate.judge(frame, List.of()) instanceof Verdict.Look look ? look.moving() : List.of();
        }

        /** The time since the frame before does not fit into a number. */
        @Override
        public Frame failing(EverNewFrames frames) {
            try (Frame before = frames.next()) {
                gate.judge(before, List.of());
            }
            return frames.late(CENTURIES);
        }

        @Override
        public String complaint() {
            return "ArithmeticException"; // a compiled overflow is thrown without its message
        }
    }
}
