package io.sightline.processors.clips;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A clip, which may still be being written.
 *
 * @param href link for who has a login
 * @param startsAt when its first picture was taken
 * @param length of the clip as it stands; empty while it is not known when it ends
 * @param signed link for who has no login; empty where none is wanted
 */
public record ClipRef(String href, Instant startsAt, Optional<Duration> length, Optional<Signed> signed) {
    /** A link that needs no login until it expires. */
    public record Signed(String href, Instant expiresAt) {
        @Override
        public String toString() {
            return "Signed[expiresAt=" + expiresAt + "]";
        }
    }
}
