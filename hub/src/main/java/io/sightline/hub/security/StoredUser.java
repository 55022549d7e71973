package io.sightline.hub.security;

import java.time.Instant;
import java.util.Set;

/**
 * One user as kept in the file.
 *
 * @param password hash with the name of its method, never the password
 * @param passwordChanged sessions begun before are over
 */
record StoredUser(
        String id,
        String username,
        String email,
        Set<Role> roles,
        String password,
        boolean mustChangePassword,
        boolean disabled,
        Instant created,
        Instant passwordChanged) {
    StoredUser {
        roles = Set.copyOf(roles);
    }

    HubUser user() {
        return new HubUser(id, username, email, roles, mustChangePassword);
    }

    StoredUser withPassword(String hash, boolean mustChange, Instant now) {
        return new StoredUser(id, username, email, roles, hash, mustChange, disabled, created, now);
    }

    StoredUser with(String newEmail, Set<Role> newRoles, boolean nowDisabled) {
        return new StoredUser(
                id, username, newEmail, newRoles, password, mustChangePassword, nowDisabled, created, passwordChanged);
    }

    @Override
    public String toString() {
        return "StoredUser[username=" + username + "]";
    }
}
