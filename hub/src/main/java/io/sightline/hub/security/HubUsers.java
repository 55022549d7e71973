package io.sightline.hub.security;

import java.util.Optional;

/** The one set of users. Any thread; answers without the database, so that a login works while the store is away. */
public interface HubUsers {

    /**
     * Checks a login, in the same time whether the user exists or not; wrong ones are slowed down per name and address.
     *
     * @param address where the caller comes from, for the counting of wrong logins
     * @return the user, or empty if name or password is wrong, or the caller has to wait
     */
    Optional<HubUser> authenticate(String username, String password, String address);

    Optional<HubUser> find(String username);
}
