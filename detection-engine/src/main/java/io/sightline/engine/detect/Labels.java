package io.sightline.engine.detect;

import io.sightline.engine.model.Decoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The names of a model's classes, in the order of its output. */
record Labels(String source, List<String> names) {
    /** The 80 classes of the COCO data set (Lin et al., ECCV 2014). */
    static final String COCO = "coco";

    /** The model's own names, or else the usual ones of its decoder. */
    static final String AUTO = "auto";

    /** The model's own names. */
    static final String MODEL = "model";

    /** The same 80 classes under the data set's own numbers 0 to 90: 0 is the background, ten are not in use. */
    private static final String COCO_91 = "coco-91";

    /** The 20 classes of PASCAL VOC (Everingham et al., IJCV 2010), behind the background. */
    private static final String VOC = "voc";

    /** Names of the lists that need no file, and of the two that are the model's. */
    static final List<String> NAMED = List.of(AUTO, MODEL, COCO, COCO_91, VOC);

    private static final Map<String, String> FILES = Map.of(COCO, "coco.txt", VOC, "voc.txt");
    private static final String BACKGROUND = "background";
    private static final String UNUSED = "unused ";
    private static final Set<Integer> NOT_IN_USE = Set.of(12, 26, 29, 30, 45, 66, 68, 69, 71, 83);
    private static final int LAST_OF_91 = 90;
    private static final int MAX_FILE_BYTES = 1 << 20;

    /** @param source one of {@link #NAMED}, or a file with one label a line; empty lines are left out */
    static Labels read(String detectorId, String source, Decoder decoder, ModelMetadata metadata)
            throws DetectionException {
        boolean own =
                source.equals(MODEL) || source.equals(AUTO) && !metadata.names().isEmpty();
        if (own && metadata.names().isEmpty()) {
            throw DetectionException.badDetector("detector '" + detectorId + "': labels: the model names no classes;"
                    + " allowed are " + String.join(", ", NAMED) + " and a file with one label a line");
        }
        return own
                ? new Labels("the model", metadata.names())
                : read(detectorId, source.equals(AUTO) ? decoder.labels() : source);
    }

    /** @param source a list that needs no model, or a file */
    static Labels read(String detectorId, String source) throws DetectionException {
        if (source.equals(COCO_91)) {
            return new Labels(source, coco91());
        }
        return new Labels(
                source, lines(FILES.containsKey(source) ? builtIn(FILES.get(source)) : file(detectorId, source)));
    }

    private static List<String> coco91() {
        var names = new ArrayList<String>(List.of(BACKGROUND));
        var used = lines(builtIn(FILES.get(COCO))).iterator();
        for (int number = 1; number <= LAST_OF_91; number++) {
            names.add(NOT_IN_USE.contains(number) ? UNUSED + number : used.next());
        }
        return List.copyOf(names);
    }

    /** The names of things: neither the background nor numbers that are not in use. */
    List<String> things() {
        return names.stream()
                .filter(name -> !name.equals(BACKGROUND) && !name.startsWith(UNUSED))
                .toList();
    }

    /** Which classes are wanted, by number. @param classes names; empty for all */
    boolean[] wanted(String detectorId, Set<String> classes) throws DetectionException {
        var unknown = new TreeSet<>(classes);
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new DetectionException(
                    DetectionException.Reason.BAD_DETECTOR,
                    "detector '" + detectorId + "': classes: " + unknown + " are not labels of " + source
                            + ", allowed are " + String.join(", ", names));
        }
        var wanted = new boolean[names.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = classes.isEmpty() ? !names.get(i).equals(BACKGROUND) : classes.contains(names.get(i));
        }
        return wanted;
    }

    /** The names of classes. @param wanted which, by number */
    List<String> only(boolean[] wanted) {
        return IntStream.range(0, wanted.length)
                .filter(i -> wanted[i])
                .mapToObj(names::get)
                .toList();
    }

    private static String builtIn(String name) {
        try (InputStream in = Labels.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String detectorId, String source) throws DetectionException {
        var path = Path.of(source);
        try {
            long size = Files.size(path);
            if (size > MAX_FILE_BYTES) {
                throw new DetectionException(
                        DetectionException.Reason.BAD_DETECTOR,
                        "detector '" + detectorId + "': label file " + path + " has " + size
                                + " bytes, allowed are at most " + MAX_FILE_BYTES);
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw DetectionException.badDetector(
                    "detector '" + detectorId + "': label file " + path + " cannot be read as UTF-8 text ("
                            + e.getClass().getSimpleName() + "); allowed are " + String.join(", ", NAMED)
                            + " and a file with one label a line",
                    e);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
