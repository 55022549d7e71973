package io.sightline.hub.changes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells states of the file apart. Made with a key that lives as long as the hub, so that nobody can find out a password
 * of the file by trying which one fits.
 */
final class Etags {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int LENGTH = 32;

    private final SecretKeySpec key;

    Etags() {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** As it stands in the header ETag, with its quotes. */
    String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(hash).substring(0, LENGTH) + '"';
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** @param ifMatch as it stands in the header; empty: anything is right */
    void require(Optional<String> ifMatch, String now) {
        boolean matches = ifMatch.isEmpty()
                || Arrays.stream(ifMatch.get().split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(now) || one.equals("W/" + now));
        if (!matches) {
            throw ChangeRefusedException.stale("It was changed since it was read; read it again.");
        }
    }
}
