package io.sightline.hub.routefiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where route files lie: ours, and the engineer's; a file of the engineer replaces ours of the same name.
 *
 * @param own the routes that come with the hub
 * @param engineers may be the same folder, or not there
 */
public record RouteFolders(Path own, Path engineers) {
    private static final String ENDING = ".camel.yaml";
    private static final int MAX_FILES = 2000;
    private static final int DEPTH = 8;

    /** Files by their name from the folder, folders below included. */
    SortedMap<String, Path> files() {
        var files = new TreeMap<String, Path>();
        for (Path folder : own.equals(engineers) ? List.of(own) : List.of(own, engineers)) {
            try {
                if (Files.isDirectory(folder)) {
                    Files.walkFileTree(folder, Set.of(), DEPTH, new Finder(folder, files));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** Leaves out what a build left beside the sources, and what hides itself, without looking into it. */
    private static final class Finder extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Map<String, Path> files;

        Finder(Path folder, Map<String, Path> files) {
            this.folder = folder;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(folder) && isBuilt(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(ENDING) && !isBuilt(file) && Files.isRegularFile(file)) {
                files.put(folder.relativize(file).toString(), file);
            }
            return files.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        private static boolean isBuilt(Path path) {
            String name = path.getFileName().toString();
            return name.equals("target") || name.startsWith(".");
        }
    }

    Collection<Path> paths() {
        return files().values();
    }

    /** Where Camel looks for Kamelets: the engineer's first. */
    String kamelets() {
        return "file:" + engineers.resolve("kamelets") + ",file:" + own.resolve("kamelets") + ",classpath:kamelets";
    }
}
