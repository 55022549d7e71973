package io.sightline.hub.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secret of an endpoint, and the one before it while both are good.
 *
 * @param current {@code whsec_} and 32 random bytes in Base64
 * @param previous signs too until {@code previousUntil}; null where there is none
 */
record SigningSecrets(
        String current, @Nullable String previous, @Nullable Instant previousUntil) {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static SigningSecrets fresh() {
        return new SigningSecrets(random(), null, null);
    }

    /** A new secret; the present one signs beside it until then. */
    SigningSecrets rotated(Instant previousUntil) {
        return new SigningSecrets(random(), current, previousUntil);
    }

    private static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * The header {@code webhook-signature}.
     *
     * @param body UTF-8 text, as every event is
     */
    String sign(String id, Instant now, String body) {
        String first = sign(current, id, now.getEpochSecond(), body);
        boolean both = previous != null && previousUntil != null && now.isBefore(previousUntil);
        return both ? first + " " + sign(previous, id, now.getEpochSecond(), body) : first;
    }

    /** One signature after the specification, {@code v1,…}. */
    static String sign(String secret, String id, long seconds, String body) {
        try {
            return new Webhook(secret).sign(id, seconds, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecrets[…]";
    }
}
