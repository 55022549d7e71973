package io.sightline.hub.security;

import java.util.Set;

/**
 * One user of REST, console, Hawtio and broker.
 *
 * @param id UUID
 * @param username 3 to 50 characters
 * @param email may be empty
 * @param mustChangePassword whether the next login has to set a new password first
 */
public record HubUser(String id, String username, String email, Set<Role> roles, boolean mustChangePassword) {
    public HubUser {
        roles = Set.copyOf(roles);
    }
}
