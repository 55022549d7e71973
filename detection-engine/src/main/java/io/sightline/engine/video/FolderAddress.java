package io.sightline.engine.video;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder whose images are looked at as they come in: {@code folder:PATH}, with the options {@code done=move} and
 * {@code memory=FILE} (percent-encoded) after a question mark.
 *
 * @param folder what is watched
 * @param memory file that remembers which images were looked at; without one a new start looks at all of them again
 * @param move whether images that were looked at go to the folders {@code done} and {@code broken} in it
 */
record FolderAddress(Path folder, Optional<Path> memory, boolean move) {
    private static final String PREFIX = "folder:";
    private static final Pattern OPTIONS =
            Pattern.compile("(.*?)\\?((?:done=(?:keep|move)|memory=[^?&]*)(?:&(?:done=(?:keep|move)|memory=[^?&]*))*)");

    /** @throws IllegalArgumentException if there is no path in it */
    static FolderAddress parse(String address) {
        String rest = address.substring(PREFIX.length()).replaceFirst("^//(?=/)", "");
        Matcher options = OPTIONS.matcher(rest);
        String path = options.matches() ? options.group(1) : rest;
        if (path.isBlank()) {
            throw new IllegalArgumentException("'folder:' must be followed by the path of a folder");
        }
        Optional<Path> memory = Optional.empty();
        boolean move = false;
        for (String option : options.matches() ? options.group(2).split("&") : new String[0]) {
            String value = option.substring(option.indexOf('=') + 1);
            if (option.startsWith("memory=")) {
                memory = Optional.of(Path.of(URLDecoder.decode(value, StandardCharsets.UTF_8)));
            } else {
                move = value.equals("move");
            }
        }
        return new FolderAddress(Path.of(path), memory, move);
    }

    static Optional<String> problem(String address) {
        try {
            parse(address);
            return Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("uri: is no path of this system");
        } catch (IllegalArgumentException e) {
            return Optional.of("uri: " + e.getMessage());
        }
    }

    String shown() {
        return PREFIX + folder;
    }
}
