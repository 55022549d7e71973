package io.sightline.hub.changes;

import io.sightline.hub.files.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One problem of a file, taken apart for forms: which key, what was got, what is allowed.
 *
 * @param path the key, for example {@code zones.crossing.polygon}; empty where no key is at fault
 * @param text all of it, for people
 */
public record FieldProblem(
        String path, @Nullable String got, @Nullable String allowed, String text) {
    private static final Pattern PLACE = Pattern.compile("([a-z][a-z-]*(?:\\.[^:]+?)?): (.*)", Pattern.DOTALL);
    private static final Pattern UNKNOWN = Pattern.compile("unknown key '([^']*)', allowed are (.*)", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("'([^']*)' is missing.*", Pattern.DOTALL);
    private static final Pattern VALUE =
            Pattern.compile("(?:(?:got )?(.*?)(?:, | and ))?allowed (?:is |are )?(.*)", Pattern.DOTALL);

    /** @param item the key that paths begin from, for example {@code cameras.gate}; others stay whole */
    static FieldProblem of(Problem problem, String item) {
        String text = problem.text();
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            return new FieldProblem("", null, null, text);
        }
        String key = place.group(1);
        String words = place.group(2);
        Matcher unknown = UNKNOWN.matcher(words);
        Matcher missing = MISSING.matcher(words);
        Matcher value = VALUE.matcher(words);
        if (unknown.matches()) {
            return new FieldProblem(
                    within(key + "." + unknown.group(1), item), unknown.group(1), unknown.group(2), text);
        } else if (missing.matches()) {
            return new FieldProblem(within(key + "." + missing.group(1), item), null, null, text);
        } else if (value.matches()) {
            return new FieldProblem(within(key, item), value.group(1), value.group(2), text);
        }
        return new FieldProblem(within(key, item), null, null, text);
    }

    private static String within(String key, String item) {
        if (key.equals(item)) {
            return "";
        }
        return key.startsWith(item + ".") ? key.substring(item.length() + 1) : key;
    }

    /** For a body of JSON. */
    public Map<String, @Nullable String> members() {
        var members = new LinkedHashMap<String, @Nullable String>();
        members.put("path", path);
        members.put("got", got);
        members.put("allowed", allowed);
        members.put("text", text);
        return members;
    }
}
