package io.sightline.hub.security;

import java.time.Instant;
import java.util.Set;

/** A user as administrators see it. */
public record Account(
        String id,
        String username,
        String email,
        Set<Role> roles,
        boolean mustChangePassword,
        boolean disabled,
        Instant created) {}
