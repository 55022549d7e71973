package io.sightline.hub.api;

import io.sightline.hub.http.Caller;
import io.sightline.hub.security.ApiKeys;
import io.sightline.hub.security.FileUsers;
import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.Logins;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a caller of an answer that does not end may still have it: the session open, the user enabled and of the
 * same roles, the key neither deleted nor expired. Asks memory only; any thread.
 */
final class Standing {
    /** How often answers that do not end ask. */
    static final Duration TURN = Duration.ofSeconds(5);

    private final Logins logins;
    private final FileUsers users;
    private final ApiKeys keys;

    Standing(Logins logins, FileUsers users, ApiKeys keys) {
        this.logins = logins;
        this.users = users;
        this.keys = keys;
    }

    boolean holds(@Nullable Object principal) {
        if (!(principal instanceof Caller caller)) {
            return false;
        }
        boolean open = caller.sessionId().map(logins::isOpen).orElse(true);
        return open
                && caller.keyId().map(keys::isGood).orElse(true)
                && caller.user().map(this::unchanged).orElse(true);
    }

    private boolean unchanged(HubUser user) {
        return users.find(user.username())
                .filter(now -> now.id().equals(user.id()) && now.roles().equals(user.roles()))
                .isPresent();
    }
}
