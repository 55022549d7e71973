package io.sightline.engine.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
     * @param labels {@code coco}, or a file with one label a line
     * @param classes labels that are told; empty for all
     */
    record Onnx(String id, Path model, String decoder, String labels, Set<String> classes, double minConfidence)
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

        @Override
        public double hintConfidence() {
            return Math.min(HINT, minConfidence);
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
