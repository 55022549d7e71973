package io.sightline.hub.security;

import io.sightline.hub.data.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that may be followed without a login until they expire: GET of one path, signed (HMAC-SHA256) with a key of the
 * data folder that is used for nothing else. Any thread.
 */
public final class SignedLinks {
    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final SecretKeySpec key;
    private final Clock clock;

    public SignedLinks(DataFolder data, Clock clock) {
        this.clock = clock;
        var file = new SecretFile(data.security().resolve("link-key"));
        byte[] bytes = file.read().filter(kept -> kept.length == KEY_BYTES).orElseGet(() -> {
            var fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            file.write(fresh);
            return fresh;
        });
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * @param path without a query
     * @return path and query
     */
    public String sign(String path, Instant expiresAt) {
        String expires = Long.toString(expiresAt.getEpochSecond());
        return path + "?expires=" + expires + "&signature=" + signature(path, expires);
    }

    /** Whether a query of this hub's is good for the path, now. */
    public boolean isGood(String path, String expires, String signature) {
        if (!SECONDS.matcher(expires).matches()) {
            return false;
        }
        boolean ours = MessageDigest.isEqual(
                signature(path, expires).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
        return ours && clock.instant().getEpochSecond() < Long.parseLong(expires);
    }

    private String signature(String path, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] sum = mac.doFinal(("GET " + path + " " + expires).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
