package io.sightline.engine.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names of a model's classes, in the order of its output. */
record Labels(String source, List<String> names) {
    /** The 80 classes of the COCO data set (Lin et al., ECCV 2014). */
    static final String COCO = "coco";

    private static final int MAX_FILE_BYTES = 1 << 20;

    /** @param source {@code coco} or a file with one label a line; empty lines are left out */
    static Labels read(String detectorId, String source) throws DetectionException {
        return new Labels(source, lines(source.equals(COCO) ? builtIn() : file(detectorId, source)));
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
            wanted[i] = classes.isEmpty() || classes.contains(names.get(i));
        }
        return wanted;
    }

    private static String builtIn() {
        try (InputStream in = Labels.class.getResourceAsStream("coco.txt")) {
            if (in == null) {
                throw new IllegalStateException("coco.txt is missing from this program");
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
                            + e.getClass().getSimpleName() + "); allowed are 'coco' and a file with one label a line",
                    e);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
