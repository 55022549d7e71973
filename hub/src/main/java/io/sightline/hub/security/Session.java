package io.sightline.hub.security;

import java.time.Instant;

/**
 * One login and all tokens that came from it.
 *
 * @param refreshHash of the one refresh token that is good now; using an older one ends the session
 */
record Session(String id, String username, String refreshHash, Instant begun, Instant expires, boolean revoked) {

    Session refreshed(String hash) {
        return new Session(id, username, hash, begun, expires, revoked);
    }

    Session ended() {
        return new Session(id, username, "", begun, expires, true);
    }
}
