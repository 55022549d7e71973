package io.sightline.hub.files;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * One thing that is wrong in a file: what, what was got, what is allowed.
 *
 * @param line counted from 1
 * @param text for people; never holds a secret
 */
public record Problem(Path file, int line, String text) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::file).thenComparing(Problem::line).thenComparing(Problem::text);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** As editors and terminals make it a link: {@code file:line: text}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + text;
    }
}
