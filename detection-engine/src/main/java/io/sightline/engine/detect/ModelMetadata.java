package io.sightline.engine.detect;

import io.sightline.engine.model.InputSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an exporter wrote into the model about itself, as Ultralytics' does: {@code names} is {@code {0: 'person', 1:
 * 'car'}}, {@code imgsz} is {@code [height, width]}. Other exporters write none of it.
 *
 * @param names names of the classes by number; empty where the model names none
 * @param size of the pictures that it was exported for
 */
record ModelMetadata(List<String> names, Optional<InputSize> size) {
    private static final int MAX_NAMES = 10_000;
    private static final Pattern NAME =
            Pattern.compile("['\"]?(\\d{1,5})['\"]?\\s*:\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")");
    private static final Pattern SIZE = Pattern.compile("\\[\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*]");

    static ModelMetadata of(Map<String, String> entries) {
        return new ModelMetadata(names(entries.getOrDefault("names", "")), size(entries.getOrDefault("imgsz", "")));
    }

    /** Numbers without a name get one of their own, so that the others keep their place. */
    private static List<String> names(String text) {
        var byNumber = new TreeMap<Integer, String>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            byNumber.put(Integer.valueOf(matcher.group(1)), quoted.replaceAll("\\\\(.)", "$1"));
        }
        var names = new ArrayList<String>();
        if (byNumber.isEmpty() || byNumber.lastKey() >= MAX_NAMES) {
            return names;
        }
        for (int i = 0; i <= byNumber.lastKey(); i++) {
            names.add(byNumber.getOrDefault(i, "class " + i));
        }
        return List.copyOf(names);
    }

    private static Optional<InputSize> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        return matcher.find() ? InputSize.parse(matcher.group(2) + "x" + matcher.group(1)) : Optional.empty();
    }
}
