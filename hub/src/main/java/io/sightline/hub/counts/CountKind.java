package io.sightline.hub.counts;

import java.util.Locale;

/** Where something is counted. */
public enum CountKind {
    /** The whole picture: in with the start of a detection, out with its end. */
    CAMERA,
    /** In with entering, out with leaving, or with the end of the detection. */
    ZONE,
    /** In by crossing from its left to its right, {@code a-to-b}; out the other way. */
    LINE;

    /** As in the database and in REST. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such kind */
    public static CountKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
