package io.sightline.hub.webhooks;

import io.sightline.hub.webhooks.InboundSource.Scheme;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether a message was signed with the secret of its source. Compares in constant time, and never tells what was wrong. */
final class InboundCheck {
    static final Duration SKEW = Duration.ofSeconds(300);

    private static final int MOST_SIGNATURES = 20;
    /** Visible ASCII; a dot would let id, time and body be divided in another way. */
    private static final Pattern STANDARD_ID = Pattern.compile("[!-~&&[^.]]{1,256}");

    private static final Pattern GITHUB_ID = Pattern.compile("[A-Za-z0-9-]{1,256}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");
    private static final Pattern SHA256 = Pattern.compile("sha256=([0-9a-f]{64})");

    /** Checked against where nobody is known by a name, so that this takes as long. */
    private static final InboundSource NOBODY =
            new InboundSource("nobody", Scheme.STANDARD, SigningSecrets.fresh().current());

    private InboundCheck() {}

    /**
     * A message as it came.
     *
     * @param headers by name in lower case, each with all its values
     */
    record Message(Map<String, List<String>> headers, byte[] body) {
        /** Empty unless it is there exactly once. */
        Optional<String> header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
        }
    }

    /** @return the id that the sender gave the message; empty if it is not to be trusted */
    static Optional<String> id(Optional<InboundSource> source, Message message, Instant now) {
        InboundSource signer = source.orElse(NOBODY);
        Optional<String> id =
                signer.scheme() == Scheme.STANDARD ? standard(signer, message, now) : github(signer, message);
        return source.isPresent() ? id : Optional.empty();
    }

    private static Optional<String> standard(InboundSource source, Message message, Instant now) {
        Optional<String> id = message.header("webhook-id")
                .filter(it -> STANDARD_ID.matcher(it).matches());
        Optional<String> seconds = message.header("webhook-timestamp")
                .filter(it -> SECONDS.matcher(it).matches());
        Optional<String> signatures = message.header("webhook-signature");
        Optional<String> body = text(message.body());
        if (id.isEmpty() || seconds.isEmpty() || signatures.isEmpty() || body.isEmpty()) {
            return Optional.empty();
        }
        long sent = Long.parseLong(seconds.get());
        byte[] wanted = bytes(SigningSecrets.sign(source.secret(), id.get(), sent, body.get()));
        String[] given = signatures.get().split(" ", MOST_SIGNATURES + 1);
        // every one is compared, so that the time tells nothing
        long right = Arrays.stream(given)
                .filter(one -> MessageDigest.isEqual(bytes(one), wanted))
                .count();
        boolean fresh = Math.abs(now.getEpochSecond() - sent) <= SKEW.toSeconds();
        return right > 0 && given.length <= MOST_SIGNATURES && fresh ? id : Optional.empty();
    }

    private static Optional<String> github(InboundSource source, Message message) {
        Optional<String> id = message.header("x-github-delivery")
                .filter(it -> GITHUB_ID.matcher(it).matches());
        String given = message.header("x-hub-signature-256").orElse("");
        byte[] wanted = bytes("sha256=" + HexFormat.of().formatHex(hmac(source.secret(), message.body())));
        boolean right = MessageDigest.isEqual(bytes(given), wanted)
                && SHA256.matcher(given).matches();
        return right ? id : Optional.empty();
    }

    private static byte[] hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    /** Empty where it is not UTF-8: it would be signed as something else than it is. */
    private static Optional<String> text(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
