package io.sightline.engine.net;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one server: digest (RFC 7616 with SHA-256, SHA-512-256 and MD5, RFC 2617, RFC 2069) before
 * basic (RFC 7617), the strongest that is offered. Once challenged, every request carries the login. Any thread.
 */
final class Logins {
    private static final Map<String, String> ALGORITHMS =
            Map.of("SHA-512-256", "SHA-512/256", "SHA-256", "SHA-256", "MD5", "MD5");
    private static final List<String> STRONGEST_FIRST = List.of("SHA-512-256", "SHA-256", "MD5");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<Credentials> credentials;
    private @Nullable Challenge current;
    private int count;

    Logins(Optional<Credentials> credentials) {
        this.credentials = credentials;
    }

    /**
     * Takes note of a refusal.
     *
     * @param challenges values of {@code WWW-Authenticate}
     * @param answered whether the refused request carried a login
     * @return whether asking again makes sense: there is a login that was not refused yet
     */
    synchronized boolean challenged(List<String> challenges, boolean answered) {
        Optional<Challenge> best = best(Challenge.parse(challenges));
        if (credentials.isEmpty() || best.isEmpty()) {
            return false;
        }
        boolean stale = "true".equalsIgnoreCase(best.get().value("stale"));
        if (answered && !stale) {
            return false;
        }
        current = best.get();
        count = 0;
        return true;
    }

    private static Optional<Challenge> best(List<Challenge> offered) {
        for (String algorithm : STRONGEST_FIRST) {
            for (Challenge one : offered) {
                if (one.scheme().equals("digest") && algorithm(one).equals(algorithm) && answerable(one)) {
                    return Optional.of(one);
                }
            }
        }
        return offered.stream().filter(one -> one.scheme().equals("basic")).findFirst();
    }

    private static boolean answerable(Challenge digest) {
        return digest.usable()
                && !digest.value("nonce").isEmpty()
                && (!digest.values().containsKey("qop") || quality(digest).isPresent());
    }

    private static String algorithm(Challenge digest) {
        String name = digest.values().getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        return name.replaceFirst("-SESS$", "");
    }

    private static Optional<String> quality(Challenge digest) {
        return Arrays.stream(digest.value("qop").split(","))
                .map(String::strip)
                .filter("auth"::equalsIgnoreCase)
                .findFirst();
    }

    /** The value of {@code Authorization}; empty as long as nobody asked for one. */
    synchronized Optional<String> authorization(String method, String uri) {
        Challenge challenge = current;
        if (challenge == null) {
            return Optional.empty();
        }
        return credentials.map(login -> challenge.scheme().equals("basic")
                ? "Basic " + base64(login.username() + ":" + login.password())
                : digest(challenge, login, method + ":" + uri));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String digest(Challenge challenge, Credentials login, String what) {
        String algorithm = algorithm(challenge);
        String nonce = challenge.value("nonce");
        String own = own();
        String secret = hash(algorithm, login.username() + ":" + challenge.value("realm") + ":" + login.password());
        if (challenge.value("algorithm").toUpperCase(Locale.ROOT).endsWith("-SESS")) {
            secret = hash(algorithm, secret + ":" + nonce + ":" + own);
        }
        var text = new StringBuilder("Digest ");
        quoted(text, "username", login.username());
        quoted(text, "realm", challenge.value("realm"));
        quoted(text, "nonce", nonce);
        quoted(text, "uri", what.substring(what.indexOf(':') + 1));
        if (challenge.values().containsKey("algorithm")) {
            text.append("algorithm=").append(challenge.value("algorithm")).append(", ");
        }
        if (challenge.values().containsKey("opaque")) {
            quoted(text, "opaque", challenge.value("opaque"));
        }
        Optional<String> quality = quality(challenge);
        if (quality.isPresent()) {
            String number = String.format("%08x", ++count);
            text.append("qop=auth, nc=").append(number).append(", ");
            quoted(text, "cnonce", own);
            nonce = nonce + ":" + number + ":" + own + ":auth";
        }
        quoted(text, "response", hash(algorithm, secret + ":" + nonce + ":" + hash(algorithm, what)));
        return text.substring(0, text.length() - 2);
    }

    private static void quoted(StringBuilder text, String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
        text.append(name).append("=\"").append(escaped).append("\", ");
    }

    private static String own() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hash(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, "MD5"));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
