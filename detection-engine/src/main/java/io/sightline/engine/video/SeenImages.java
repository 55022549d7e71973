package io.sightline.engine.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remembers images by name, size and time, also across restarts: one line each in a file that is only appended to, and
 * written anew without those that are gone. A line that a crash cut off is passed over. One thread.
 */
final class SeenImages {
    private static final Pattern LINE = Pattern.compile("(\\d{1,19}) (-?\\d{1,19}) (.+)");

    private final Map<String, Stamp> seen = new HashMap<>();
    private final Optional<Path> file;

    /** @param modified milliseconds since 1970 */
    record Stamp(long bytes, long modified) {}

    /** @param file empty: nothing outlives this object */
    SeenImages(Optional<Path> file) throws IOException {
        this.file = file;
        if (file.isPresent()) {
            Files.createDirectories(file.get().toAbsolutePath().getParent());
            read(file.get());
        }
    }

    private void read(Path from) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        // no strict decoder: the names of files are whatever somebody made them
        String text = new String(Files.readAllBytes(from), StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                seen.put(parts.group(3), new Stamp(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))));
            }
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            write(from); // else the next line would be joined to the one that was cut off
        }
    }

    boolean knows(String name) {
        return seen.containsKey(name);
    }

    boolean knows(String name, Stamp stamp) {
        return stamp.equals(seen.get(name));
    }

    int size() {
        return seen.size();
    }

    /** Returns when it is written. */
    void add(String name, Stamp stamp) throws IOException {
        seen.put(name, stamp);
        if (file.isPresent()) {
            Files.writeString(file.get(), line(name, stamp), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** Forgets the images that are not in the folder any more. */
    void keep(Set<String> there) throws IOException {
        if (seen.keySet().retainAll(there) && file.isPresent()) {
            write(file.get());
        }
    }

    private void write(Path to) throws IOException {
        var all = new StringBuilder();
        seen.forEach((name, stamp) -> all.append(line(name, stamp)));
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        Files.writeString(fresh, all);
        Files.move(fresh, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A name with a line break in it is not written: after a restart that image is looked at again. */
    private static String line(String name, Stamp stamp) {
        return name.indexOf('\n') >= 0 ? "" : stamp.bytes() + " " + stamp.modified() + " " + name + "\n";
    }
}
