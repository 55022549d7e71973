package io.sightline.hub.launcher;

import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.fetch.ModelSource;
import io.sightline.engine.fetch.ModelStore;
import io.sightline.engine.model.Decoders;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.settings.InputSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The detector that a command line asks for.
 *
 * @param spec its model may still have to be fetched
 * @param source where from, if it is
 * @param models folder of fetched models
 */
record DetectorOptions(DetectorSpec spec, Optional<ModelSource> source, Path models) {
    /** Names of options with a value. */
    static final Set<String> NAMES = Set.of(
            "detector",
            "min-confidence",
            "smallest-person",
            "model",
            "sha256",
            "network",
            "decoder",
            "labels",
            "classes",
            "provider",
            "device",
            "input-size",
            "fit",
            "colours",
            "scale",
            "mean",
            "std",
            "data");

    /** Names of options without one. */
    static final Set<String> FLAGS = Set.of("no-trim");

    /** Kinds of detectors that an option is for; those not named are for all. */
    private static final Map<String, Set<String>> KINDS = Map.ofEntries(
            Map.entry("smallest-person", Set.of("hog")),
            Map.entry("network", Set.of("caffe")),
            Map.entry("model", Set.of("onnx", "caffe")),
            Map.entry("labels", Set.of("onnx", "caffe")),
            Map.entry("classes", Set.of("onnx", "caffe")),
            Map.entry("input-size", Set.of("onnx", "caffe")),
            Map.entry("fit", Set.of("onnx", "caffe")),
            Map.entry("colours", Set.of("onnx", "caffe")),
            Map.entry("scale", Set.of("onnx", "caffe")),
            Map.entry("mean", Set.of("onnx", "caffe")),
            Map.entry("std", Set.of("onnx", "caffe")),
            Map.entry("sha256", Set.of("onnx")),
            Map.entry("decoder", Set.of("onnx")),
            Map.entry("provider", Set.of("onnx")),
            Map.entry("device", Set.of("onnx")),
            Map.entry("no-trim", Set.of("onnx")));

    private static final String AUTO = InputSettings.AUTO;
    private static final int LAST_DEVICE = 63;

    static DetectorOptions read(CommandLine line) {
        String kind = line.text("detector").orElse(line.has("network") ? "caffe" : line.has("model") ? "onnx" : "hog");
        if (!Set.of("hog", "onnx", "caffe", "motion").contains(kind)) {
            throw new UsageException("--detector: got '" + kind + "', allowed are hog, onnx, caffe and motion");
        }
        refuseOthers(line, kind);
        Path models = DataFolder.models(line.path("data", RunCommand.home().resolve("data")));
        Optional<ModelSource> source = kind.equals("onnx") ? source(line) : Optional.empty();
        return new DetectorOptions(
                switch (kind) {
                    case "hog" -> hog(line);
                    case "caffe" -> caffe(line);
                    case "motion" -> new DetectorSpec.Motion("motion", minConfidence(line));
                    default ->
                        onnx(
                                line,
                                source.map(from -> new ModelStore(models).file(from))
                                        .or(() -> file(line, "model")));
                },
                source,
                models);
    }

    /** Files that the detector reads. */
    static List<Path> files(CommandLine line) {
        return List.of("model", "labels", "network").stream()
                .flatMap(option -> file(line, option).stream())
                .toList();
    }

    private static void refuseOthers(CommandLine line, String kind) {
        KINDS.entrySet().stream()
                .filter(entry -> line.has(entry.getKey()) && !entry.getValue().contains(kind))
                .map(entry -> "--" + entry.getKey() + " is for --detector "
                        + entry.getValue().stream()
                                .sorted(Comparator.reverseOrder())
                                .collect(Collectors.joining(" or ")))
                .sorted()
                .findFirst()
                .ifPresent(problem -> {
                    throw new UsageException(problem);
                });
    }

    private static DetectorSpec hog(CommandLine line) {
        int smallest = line.number("smallest-person", 16, 1000).orElse(DetectorSpec.Hog.DEFAULT_SMALLEST_PERSON);
        return new DetectorSpec.Hog("hog", smallest, minConfidence(line));
    }

    private static DetectorSpec onnx(CommandLine line, Optional<Path> model) {
        String provider = line.text("provider").orElse("cpu");
        List<String> known = Arrays.stream(DetectorSpec.Provider.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(provider)) {
            throw new UsageException("--provider: got '" + provider + "', allowed are " + String.join(", ", known));
        }
        var runsOn = DetectorSpec.Provider.valueOf(provider.toUpperCase(Locale.ROOT));
        int device = line.number("device", 0, LAST_DEVICE).orElse(0);
        if (device > 0 && !runsOn.hasDevices()) {
            throw new UsageException("--device: got " + device + ", but --provider " + provider + " has no devices");
        }
        return new DetectorSpec.Onnx(
                "onnx",
                model.orElseThrow(() -> new UsageException("--detector onnx needs --model FILE")),
                line.text("decoder").orElse(Decoders.AUTO),
                line.text("labels").orElse(AUTO),
                classes(line, AUTO),
                minConfidence(line),
                input(line).wishes(),
                new DetectorSpec.Execution(runsOn, device));
    }

    private static DetectorSpec caffe(CommandLine line) {
        return new DetectorSpec.Caffe(
                "caffe",
                file(line, "model").orElseThrow(() -> new UsageException("--detector caffe needs --model FILE")),
                file(line, "network").orElseThrow(() -> new UsageException("--detector caffe needs --network FILE")),
                line.text("labels").orElse("voc"),
                classes(line, "voc"),
                minConfidence(line),
                input(line).wishes());
    }

    private static double minConfidence(CommandLine line) {
        return line.decimal("min-confidence").orElse(DetectorSpec.DEFAULT_MIN_CONFIDENCE);
    }

    private static InputSettings input(CommandLine line) {
        return new InputSettings(
                line.text("input-size").orElse(AUTO),
                word(line, "fit", AUTO, List.of(AUTO, "top-left", "centred", "stretched")),
                word(line, "colours", AUTO, List.of(AUTO, "bgr", "rgb")),
                word(line, "scale", AUTO, List.of(AUTO, "0-255", "0-1")),
                numbers(line, "mean"),
                numbers(line, "std"),
                !line.has("no-trim"));
    }

    /** One of some words. */
    static String word(CommandLine line, String option, String standard, List<String> allowed) {
        String word = line.text(option).orElse(standard);
        if (!allowed.contains(word)) {
            throw new UsageException("--" + option + ": got '" + word + "', allowed are " + String.join(", ", allowed));
        }
        return word;
    }

    private static List<Double> numbers(CommandLine line, String option) {
        try {
            return line.text(option).stream()
                    .flatMap(text -> Arrays.stream(text.split(",")))
                    .map(Double::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "--" + option + ": got '" + line.text(option).orElse("")
                            + "', allowed are one or three numbers, for example 0.485,0.456,0.406");
        }
    }

    private static Optional<ModelSource> source(CommandLine line) {
        Optional<String> address = line.text("model").filter(ModelSource::isAddress);
        if (address.isEmpty()) {
            if (line.has("sha256")) {
                throw new UsageException("--sha256 is for a --model that is an address");
            }
            return Optional.empty();
        }
        String hash = line.text("sha256")
                .orElseThrow(() -> new UsageException(
                        "--model with an address needs --sha256, so that it can be no other" + " model"));
        return Optional.of(new ModelSource(URI.create(address.get()), hash));
    }

    /** People unless told otherwise: what is counted in recordings with ground truth. Labels of one's own: all. */
    private static Set<String> classes(CommandLine line, String usualLabels) {
        String labels = line.text("labels").orElse(usualLabels);
        boolean knownLists = List.of(AUTO, "coco", "coco-91", "voc").contains(labels);
        String list = line.text("classes").orElse(knownLists ? "person" : "all");
        return list.equals("all") ? Set.of() : words(list);
    }

    /** What stands between the commas. */
    static Set<String> words(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toSet());
    }

    private static Optional<Path> file(CommandLine line, String option) {
        return line.text(option)
                .filter(text -> !ModelSource.isAddress(text))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .map(Path::normalize);
    }
}
