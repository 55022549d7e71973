package io.sightline.hub.security;

import java.time.Duration;

/** How a login went. */
public sealed interface LoginResult {
    record Accepted(HubUser user) implements LoginResult {}

    /** Name or password is wrong, or the user is disabled: which one is not told. */
    record Refused() implements LoginResult {}

    /** Nothing was checked: too many wrong logins came from there, or too many are being checked now. */
    record Wait(Duration patience) implements LoginResult {}
}
