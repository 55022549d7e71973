package io.sightline.hub.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code --name value} pairs and plain words; whatever was not asked for is an error. */
final class CommandLine {
    private final Map<String, String> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    /**
     * @param valued names of options with a value, without dashes
     * @param flags names of options without one
     */
    CommandLine(List<String> arguments, Set<String> valued, Set<String> flags) {
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String next = left.pop();
            if (!next.startsWith("--")) {
                words.add(next);
                continue;
            }
            int equals = next.indexOf('=');
            String name = equals < 0 ? next.substring(2) : next.substring(2, equals);
            if (flags.contains(name)) {
                options.put(name, "true");
            } else if (valued.contains(name)) {
                options.put(name, equals < 0 ? value(next, left) : next.substring(equals + 1));
            } else {
                throw new UsageException("unknown option '" + next + "'; known are --"
                        + Stream.concat(valued.stream(), flags.stream())
                                .sorted()
                                .collect(Collectors.joining(", --")));
            }
        }
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty() || left.peek().startsWith("--")) {
            throw new UsageException(option + " needs a value");
        }
        return left.pop();
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** @param fallback from the current folder where it is relative */
    Path path(String name, Path fallback) {
        return text(name).map(Path::of).orElse(fallback).toAbsolutePath().normalize();
    }

    OptionalInt number(String name, int from, int to) {
        if (!has(name)) {
            return OptionalInt.empty();
        }
        String text = options.get(name);
        try {
            int number = Integer.parseInt(text);
            if (number >= from && number <= to) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException expected) {
            // told below, with what is allowed
        }
        throw new UsageException("--" + name + ": got '" + text + "', allowed is a number from " + from + " to " + to);
    }

    OptionalDouble decimal(String name) {
        if (!has(name)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(options.get(name)));
        } catch (NumberFormatException e) {
            throw new UsageException("--" + name + ": got '" + options.get(name) + "', allowed is a number");
        }
    }

    List<String> words() {
        return words;
    }

    void noWords() {
        if (!words.isEmpty()) {
            throw new UsageException("did not expect '" + words.get(0) + "'");
        }
    }
}
