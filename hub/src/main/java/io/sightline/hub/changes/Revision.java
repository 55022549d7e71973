package io.sightline.hub.changes;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One version of sightline.yaml.
 *
 * @param id a number, larger than those before
 * @param time when it came into force, or was seen in the file
 * @param by name of the user; empty where the file itself was changed
 * @param changed keys that are other than in the version before
 * @param restored id of the revision that was gone back to
 * @param sha256 of the text as it stood in the file
 * @param text without any secret in clear
 */
public record Revision(
        String id,
        Instant time,
        Optional<String> by,
        Via via,
        List<String> changed,
        Optional<String> restored,
        String sha256,
        String text) {

    /** How it came about. */
    public enum Via {
        REST,
        FILE,
        RESTORE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    long number() {
        return Long.parseLong(id);
    }
}
