package io.sightline.hub.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key as administrators see it, without its secret. */
public record ApiKeyView(
        String id,
        String name,
        Set<String> scopes,
        Instant created,
        @Nullable Instant expires) {}
