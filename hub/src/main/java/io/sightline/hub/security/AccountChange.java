package io.sightline.hub.security;

import java.util.Optional;
import java.util.Set;

/** What is to be changed of a user; empty: stays as it is. */
public record AccountChange(
        Optional<String> email, Optional<Set<Role>> roles, Optional<String> password, Optional<Boolean> disabled) {
    @Override
    public String toString() {
        return "AccountChange";
    }
}
