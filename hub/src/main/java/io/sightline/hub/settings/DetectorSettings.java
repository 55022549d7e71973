package io.sightline.hub.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * One detector (live).
 *
 * @param type {@code hog}, {@code onnx}, {@code caffe} or {@code motion}
 * @param smallestPerson height in pixels of the smallest person that hog has to find
 * @param model absolute path of a file that exists when it is read, or an address
 * @param sha256 hash of a model with an address
 * @param network layers of a caffe detector; absolute; exists when it is read
 * @param decoder how an onnx model's output is read, for example {@code yolox}
 * @param labels name of a list, or the absolute path of a file with one label a line
 * @param classes labels that are told; empty for all
 * @param minConfidence 0.01 to 0.99; what is less certain is not told
 * @param provider what an onnx model runs on
 * @param device number of the graphics processor
 */
public record DetectorSettings(
        String id,

        @Setting(
                value =
                        "`hog` finds people and needs no model; `onnx` runs a model with ONNX Runtime, `caffe` one of Caffe"
                                + " with OpenCV; `motion` tells whatever moves.",
                oneOf = {"hog", "onnx", "caffe", "motion"})
        String type,

        @Setting(
                value = "Height of the smallest person that `hog` has to find; larger is cheaper.",
                standard = "64px",
                unit = Setting.Unit.PIXELS,
                min = 16,
                max = 1000)
        int smallestPerson,

        @Setting(
                "Model of an `onnx` or `caffe` detector: a file, from the folder of sightline.yaml where it is relative,"
                        + " or for `onnx` an `https://` address.")
        Optional<String> model,

        @Setting("SHA-256 of a model that has an address; another model is refused.")
        Optional<String> sha256,

        @Setting("Layers of a `caffe` detector, the `.prototxt` file.")
        Optional<Path> network,

        @Setting(
                value =
                        "How an `onnx` model's output is read, a decoder of docs/models.md; `auto` where its shape tells.",
                standard = "auto",
                wordsFrom = DecoderNames.class)
        String decoder,

        @Setting(
                value =
                        "`coco`, `coco-91`, `voc`, `model` (the model's own names), or a file with one label a line; `auto`:"
                                + " the model's own, or else the usual ones of its decoder.",
                standard = "auto")
        String labels,

        @Setting("Labels that are told, for example `[person, car]`; all where it is missing.")
        Set<String> classes,

        @Setting(value = "What is less certain is not told.", standard = "0.6", min = 0.01, max = 0.99)
        double minConfidence,

        @Setting(
                value =
                        "What an `onnx` model runs on; the processor where the machine does not have it, and health says so.",
                standard = "cpu",
                oneOf = {"cpu", "cuda", "tensorrt", "openvino", "directml", "coreml"})
        String provider,

        @Setting(
                value =
                        "Number of the graphics processor, from 0; with `openvino` of Intel's. Not with `cpu` and `coreml`.",
                standard = "0",
                max = 63)
        int device,

        @Setting("How the model's picture is prepared.") InputSettings input) {}
