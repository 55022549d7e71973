package io.sightline.hub.spine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How the hub itself logs in to its spine: made anew at every start, known to this process only, good in-VM only. */
final class InternalLogin {
    /** No user can have this name: it does not match the rule for user names. */
    static final String USER = "#hub";

    private final String password;

    InternalLogin() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        password = HexFormat.of().formatHex(random);
    }

    String password() {
        return password;
    }

    boolean matches(@Nullable String user, @Nullable String given) {
        return USER.equals(user)
                && given != null
                && MessageDigest.isEqual(
                        password.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
