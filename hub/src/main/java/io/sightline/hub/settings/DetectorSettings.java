package io.sightline.hub.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * One detector (live).
 *
 * @param type {@code hog} or {@code onnx}
 * @param smallestPerson height in pixels of the smallest person that hog has to find
 * @param model file of an onnx detector, from the folder of the configuration where it is relative
 * @param decoder how an onnx model's output is read, for example {@code yolox}
 * @param labels {@code coco}, or a file with one label a line
 * @param classes labels that are told; empty for all
 * @param minConfidence 0 to 1; what is less certain is not told
 */
public record DetectorSettings(
        String id,
        String type,
        int smallestPerson,
        Optional<Path> model,
        String decoder,
        String labels,
        Set<String> classes,
        double minConfidence) {}
