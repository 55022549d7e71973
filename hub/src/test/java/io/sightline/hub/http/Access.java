package io.sightline.hub.http;

import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.Role;
import java.util.Optional;
import java.util.Set;

/** What the table of rights says, for tests outside of its package. */
public final class Access {
    private Access() {}

    /** @throws java.util.NoSuchElementException if the operation has no row */
    public static boolean may(Role role, String method, String path) {
        Rights.Row row = Rights.find(method, path).orElseThrow();
        var user = new HubUser("id", "somebody", "", Set.of(role), false);
        return row.open() || Caller.of(user, Optional.empty()).may(row.authorities());
    }
}
