package io.sightline.hub.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills in {@code ${NAME}} from the environment and {@code ${file:name}} from the first folder of secrets that has such
 * a file; {@code $${} stands for itself.
 */
record Secrets(Map<String, String> environment, List<Path> folders) {
    private static final int MAX_BYTES = 64 << 10;
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FILE = Pattern.compile("file:([A-Za-z0-9_][A-Za-z0-9._-]*)");

    static boolean refers(String text) {
        return text.contains("${");
    }

    /** @param problem told what is wrong with a reference, which is then left as it stands */
    String fill(String text, Consumer<String> problem) {
        Matcher matcher = REFERENCE.matcher(text);
        var filled = new StringBuilder();
        while (matcher.find()) {
            String all = matcher.group();
            String value = all.startsWith("$$")
                    ? all.substring(1)
                    : value(matcher.group(1), problem).orElse(all);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }

    private Optional<String> value(String name, Consumer<String> problem) {
        Matcher file = FILE.matcher(name);
        if (file.matches()) {
            Optional<String> content = file(file.group(1));
            if (content.isEmpty()) {
                problem.accept(
                        "${" + name + "}: there is no readable file '" + file.group(1) + "' of at most 64 KiB in "
                                + folders.stream().map(Path::toString).collect(Collectors.joining(" or ")));
            }
            return content;
        }
        if (!NAME.matcher(name).matches()) {
            problem.accept(
                    "got '${" + name + "}', allowed are ${ENVIRONMENT_VARIABLE} and ${file:name}; write $${ for the"
                            + " characters themselves");
            return Optional.empty();
        }
        String value = environment.get(name);
        if (value == null) {
            problem.accept("${" + name + "}: the environment variable " + name + " is not set");
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> file(String name) {
        for (Path folder : folders) {
            try (InputStream in = Files.newInputStream(folder.resolve(name))) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                return bytes.length > MAX_BYTES
                        ? Optional.empty()
                        : Optional.of(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
            } catch (IOException expected) {
                // the next folder may have it
            }
        }
        return Optional.empty();
    }
}
