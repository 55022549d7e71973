package io.sightline.engine.detect;

import io.sightline.engine.model.InputWishes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a detector is to be; opened by {@link Detectors#open}. */
public sealed interface DetectorSpec {

    /** Confidence from which on an object is told, for every kind of detector. */
    double DEFAULT_MIN_CONFIDENCE = 0.6;

    /** The detector's id in the configuration. */
    String id();

    /** 0 to 1, both excluded: what is less certain starts no track. */
    double minConfidence();

    /**
     * The least certain objects that are handed out at all: those below {@link #minConfidence()} are hints that keep a
     * known track alive.
     */
    double hintConfidence();

    /**
     * OpenCV's built-in people detector.
     *
     * @param smallestPerson height in pixels of the smallest person to be found, 16 to 1000; halving it costs four times
     *     as much
     */
    record Hog(String id, int smallestPerson, double minConfidence) implements DetectorSpec {
        /** Smallest person of the default configuration. */
        public static final int DEFAULT_SMALLEST_PERSON = 64;

        private static final double HINT = 0.5;

        public Hog {
            var problems = confidenceProblems(minConfidence);
            if (smallestPerson < 16 || smallestPerson > 1000) {
                problems.add("smallest-person: got " + smallestPerson + ", allowed are 16 to 1000 pixels");
            }
            refuse(id, problems);
        }

        @Override
        public double hintConfidence() {
            return Math.min(HINT, minConfidence);
        }
    }

    /** Moving regions as objects. */
    record Motion(String id, double minConfidence) implements DetectorSpec {
        public Motion {
            refuse(id, confidenceProblems(minConfidence));
        }

        @Override
        public double hintConfidence() {
            return minConfidence;
        }
    }

    /**
     * A model in ONNX format.
     *
     * @param model the model's file
     * @param decoder how its output is read, one of {@link Detectors#decoders()}
     * @param labels {@code auto}, {@code model}, {@code coco}, {@code coco-91}, {@code voc}, or a file with one label a line
     * @param classes labels that are told; empty for all
     * @param input how its picture is prepared, where the model and its decoder do not say
     * @param execution what it runs on
     */
    record Onnx(
            String id,
            Path model,
            String decoder,
            String labels,
            Set<String> classes,
            double minConfidence,
            InputWishes input,
            Execution execution)
            implements DetectorSpec {
        private static final double HINT = 0.1;

        public Onnx {
            classes = Set.copyOf(classes);
            var problems = confidenceProblems(minConfidence);
            if (!Detectors.decoders().contains(decoder)) {
                problems.add("decoder: got '" + decoder + "', allowed are " + String.join(", ", Detectors.decoders()));
            }
            refuse(id, problems);
        }

        /** On the processor, its picture prepared as usual. */
        public Onnx(String id, Path model, String decoder, String labels, Set<String> classes, double minConfidence) {
            this(id, model, decoder, labels, classes, minConfidence, InputWishes.NONE, Execution.ON_CPU);
        }

        @Override
        public double hintConfidence() {
            return Math.min(HINT, minConfidence);
        }
    }

    /**
     * A MobileNet-SSD or another detector in Caffe's format, whose last layer is {@code DetectionOutput}.
     *
     * @param model the weights, {@code .caffemodel}
     * @param network the layers, {@code .prototxt}
     * @param labels {@code voc}, another list, or a file with one label a line; the first is the background
     * @param classes labels that are told; empty for all but the background
     * @param input how its picture is prepared, where MobileNet-SSD's way is not the one
     */
    record Caffe(
            String id,
            Path model,
            Path network,
            String labels,
            Set<String> classes,
            double minConfidence,
            InputWishes input)
            implements DetectorSpec {
        private static final double HINT = 0.1;

        public Caffe {
            classes = Set.copyOf(classes);
            refuse(id, confidenceProblems(minConfidence));
        }

        @Override
        public double hintConfidence() {
            return Math.min(HINT, minConfidence);
        }
    }

    /** What a model of ONNX Runtime can run on. */
    enum Provider {
        CPU(1),
        CUDA(8),
        TENSORRT(8),
        OPENVINO(1),
        DIRECTML(8),
        COREML(1);

        private final int batchSize;

        Provider(int batchSize) {
            this.batchSize = batchSize;
        }

        /** Pictures that are looked at together where the model allows it; 1: nothing is gained. */
        int batchSize() {
            return batchSize;
        }

        /** As in the configuration. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it can be told which of several devices to run on. */
        public boolean hasDevices() {
            return this != CPU && this != COREML;
        }
    }

    /**
     * @param provider falls back to the processor where this machine does not have it, and says so in {@link
     *     DetectorInfo#notes()}
     * @param device number of the graphics processor, from 0: of OpenVINO its device {@code GPU} (0) or {@code GPU.n}, never
     *     its {@code CPU} or {@code NPU}; 0 with a provider that has no devices
     */
    record Execution(Provider provider, int device) {
        /** On the processor. */
        public static final Execution ON_CPU = new Execution(Provider.CPU, 0);

        private static final int MAX_DEVICE = 63;

        public Execution {
            if (device < 0 || device > MAX_DEVICE) {
                throw new IllegalArgumentException("device: got " + device + ", allowed are 0 to " + MAX_DEVICE);
            }
            if (device > 0 && !provider.hasDevices()) {
                throw new IllegalArgumentException("device: got " + device + ", but " + provider.word()
                        + " has none to choose from; leave it out");
            }
        }
    }

    private static List<String> confidenceProblems(double minConfidence) {
        var problems = new ArrayList<String>();
        if (!(minConfidence > 0 && minConfidence < 1)) {
            problems.add("min-confidence: got " + minConfidence + ", allowed is more than 0 and less than 1");
        }
        return problems;
    }

    private static void refuse(String id, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("detector '" + id + "': " + String.join("; ", problems));
        }
    }
}
