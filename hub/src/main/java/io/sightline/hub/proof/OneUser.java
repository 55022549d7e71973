package io.sightline.hub.proof;

import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.HubUsers;
import io.sightline.hub.security.Role;
import java.util.Optional;
import java.util.Set;

/** The only user of a spine under proof; may subscribe and look into queues. */
record OneUser(String password) implements HubUsers {
    static final String NAME = "witness";

    @Override
    public Optional<HubUser> authenticate(String username, String given, String address) {
        return given.equals(password) ? find(username) : Optional.empty();
    }

    @Override
    public Optional<HubUser> find(String username) {
        return username.equals(NAME)
                ? Optional.of(new HubUser("1", NAME, "", Set.of(Role.ADMIN), false))
                : Optional.empty();
    }
}
