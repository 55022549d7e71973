package io.sightline.hub.routefiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where route files lie: ours, and the engineer's; a file of the engineer replaces ours of the same name.
 *
 * @param own the routes that come with the hub
 * @param engineers may be the same folder, or not there
 */
public record RouteFolders(Path own, Path engineers) {
    private static final String ENDING = ".camel.yaml";
    private static final int MAX_FILES = 2000;

    /** Files by their name from the folder, folders below included. */
    SortedMap<String, Path> files() {
        var files = new TreeMap<String, Path>();
        for (Path folder : List.of(own, engineers)) {
            try (Stream<Path> found = Files.isDirectory(folder) ? Files.walk(folder, 8) : Stream.<Path>empty()) {
                found.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                        .filter(file -> !isBuilt(folder.relativize(file)))
                        .limit(MAX_FILES)
                        .forEach(file -> files.put(folder.relativize(file).toString(), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** What a build left beside the sources, and what hides itself. */
    private static boolean isBuilt(Path file) {
        for (Path part : file) {
            if (part.toString().equals("target") || part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    Collection<Path> paths() {
        return files().values();
    }

    /** Where Camel looks for Kamelets: the engineer's first. */
    String kamelets() {
        return "file:" + engineers.resolve("kamelets") + ",file:" + own.resolve("kamelets") + ",classpath:kamelets";
    }
}
