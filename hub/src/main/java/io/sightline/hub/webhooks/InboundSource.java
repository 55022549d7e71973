package io.sightline.hub.webhooks;

import java.util.Base64;

/**
 * Somebody who sends webhooks to the hub.
 *
 * @param name last part of the address that it sends to
 * @param secret shared with the sender; of the scheme {@code standard} {@code whsec_} and 24 to 64 bytes in Base64
 */
public record InboundSource(String name, Scheme scheme, String secret) {
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int LEAST_LETTERS = 16;

    /** How the sender signs. */
    public enum Scheme {
        /** Standard Webhooks: id, time and body. */
        STANDARD,
        /** {@code X-Hub-Signature-256}: the body. */
        GITHUB
    }

    public InboundSource {
        if (scheme == Scheme.STANDARD && !isStandard(secret)) {
            throw new IllegalArgumentException("secret: allowed is whsec_ and 24 to 64 bytes in Base64, for example"
                    + " what 'echo whsec_$(openssl rand -base64 32)' prints; the given one is not shown");
        }
        if (secret.length() < LEAST_LETTERS) {
            throw new IllegalArgumentException(
                    "secret: got " + secret.length() + " characters, allowed are " + LEAST_LETTERS + " or more");
        }
    }

    private static boolean isStandard(String secret) {
        try {
            int bytes = Base64.getDecoder().decode(secret.replaceFirst("^" + PREFIX, "")).length;
            return secret.startsWith(PREFIX) && bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "InboundSource[" + name + "]";
    }
}
