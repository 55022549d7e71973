package io.sightline.hub.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * One detector (live).
 *
 * @param type {@code hog}, {@code onnx} or {@code motion}
 * @param smallestPerson height in pixels of the smallest person that hog has to find
 * @param model file of an onnx detector; absolute; exists when it is read
 * @param decoder how an onnx model's output is read, for example {@code yolox}
 * @param labels {@code coco}, or the absolute path of a file with one label a line
 * @param classes labels that are told; empty for all
 * @param minConfidence 0.01 to 0.99; what is less certain is not told
 */
public record DetectorSettings(
        String id,

        @Setting(
                value = "`hog` finds people and needs no model; `onnx` runs a model with ONNX Runtime; `motion` tells"
                        + " whatever moves.",
                oneOf = {"hog", "onnx", "motion"})
        String type,

        @Setting(
                value = "Height of the smallest person that `hog` has to find; larger is cheaper.",
                standard = "64px",
                unit = Setting.Unit.PIXELS,
                min = 16,
                max = 1000)
        int smallestPerson,

        @Setting("Model of an `onnx` detector, from the folder of sightline.yaml where it is relative.")
        Optional<Path> model,

        @Setting(
                value = "How the model's output is read.",
                standard = "yolox",
                oneOf = {"yolox"})
        String decoder,

        @Setting(value = "`coco`, or a file with one label a line.", standard = "coco")
        String labels,

        @Setting("Labels that are told, for example `[person, car]`; all where it is missing.")
        Set<String> classes,

        @Setting(value = "What is less certain is not told.", standard = "0.6", min = 0.01, max = 0.99)
        double minConfidence) {}
