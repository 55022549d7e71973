package io.sightline.hub.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as kept and listed.
 *
 * @param id also the first part of the key, by which it is looked up
 * @param hash SHA-256 of the secret part, which is random and long enough to need no slow hash
 * @param expires null: never
 */
record ApiKey(
        String id,
        String name,
        Set<String> scopes,
        String hash,
        Instant created,
        @Nullable Instant expires) {
    ApiKey {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "ApiKey[id=" + id + "]";
    }
}
