package io.sightline.hub.security;

import java.util.Set;

/** A user that is to be made. */
public record NewAccount(String username, String email, Set<Role> roles, String password) {
    public NewAccount {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "NewAccount[username=" + username + "]";
    }
}
