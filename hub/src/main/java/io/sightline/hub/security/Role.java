package io.sightline.hub.security;

import java.util.Locale;

/** What a user may do; see the role table in {@code docs/security.md}. */
public enum Role {
    VIEWER,
    OPERATOR,
    INTEGRATION,
    ADMIN;

    /** The word in tokens, files and REST, for example {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
