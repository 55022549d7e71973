package io.sightline.hub.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sightline.hub.data.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Tokens of logged-in users: signed with one key of the data folder by one algorithm, and good only as long as their
 * session. Any thread.
 */
public final class Logins {
    public static final Duration ACCESS_LENGTH = Duration.ofMinutes(15);
    static final Duration COOKIE_LENGTH = Duration.ofHours(12);

    private static final int KEY_BYTES = 32;
    private static final String SESSION = "sid";
    private static final int LONGEST_TOKEN = 4096;

    /** Where a token may be used: a cookie's is no use as a bearer token, nor the other way round. */
    public enum Use {
        API("sightline-api"),
        CONSOLE("sightline-console");

        private final String audience;

        Use(String audience) {
            this.audience = audience;
        }
    }

    /** What a login gives. */
    public record Tokens(String accessToken, String refreshToken, HubUser user, String sessionId) {
        @Override
        public String toString() {
            return "Tokens[user=" + user.username() + "]";
        }
    }

    /** Who a token is of. */
    public record LoggedIn(HubUser user, String sessionId) {}

    private final FileUsers users;
    private final Sessions sessions;
    private final Clock clock;
    private final String issuer;
    private final byte[] key;
    private final Map<Use, NimbusJwtDecoder> decoders = new EnumMap<>(Use.class);

    public Logins(DataFolder data, FileUsers users, Clock clock) {
        this.users = users;
        this.sessions = new Sessions(data, clock);
        this.clock = clock;
        this.issuer = "urn:sightline:hub:" + data.hubId();
        this.key = key(new SecretFile(data.security().resolve("signing-key")));
        Arrays.stream(Use.values()).forEach(use -> decoders.put(use, decoder(use)));
    }

    private static byte[] key(SecretFile file) {
        return file.read().filter(bytes -> bytes.length == KEY_BYTES).orElseGet(() -> {
            var fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            file.write(fresh);
            return fresh;
        });
    }

    public Tokens open(HubUser user) {
        return tokens(sessions.open(user.username()), user);
    }

    /** @return new tokens, or empty if the refresh token is not good any more */
    public Optional<Tokens> refresh(String refreshToken) {
        return sessions.refresh(refreshToken)
                .flatMap(opened -> user(opened.session()).map(user -> tokens(opened, user)));
    }

    /** Whether the session was neither ended nor outlived, and its user may still log in. */
    public boolean isOpen(String sessionId) {
        return sessions.find(sessionId).flatMap(this::user).isPresent();
    }

    public void end(String sessionId) {
        sessions.end(sessionId);
    }

    /** A value for the console's cookie. */
    public String cookie(String sessionId, HubUser user) {
        return sign(sessionId, user, Use.CONSOLE, COOKIE_LENGTH);
    }

    /** @return whose token it is, or empty if it is not good for this use, for whatever reason */
    public Optional<LoggedIn> check(String token, Use use) {
        if (token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        try {
            Jwt jwt = decoders.get(use).decode(token);
            String id = jwt.getClaimAsString(SESSION);
            return id == null
                    ? Optional.empty()
                    : sessions.find(id)
                            .filter(session -> session.username().equals(jwt.getSubject()))
                            .flatMap(session -> user(session).map(user -> new LoggedIn(user, id)));
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @return a value that belongs to a cookie and cannot be worked out without the key */
    public String boundTo(String cookie) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update("csrf ".getBytes(StandardCharsets.US_ASCII));
            byte[] sum = mac.doFinal(cookie.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private Optional<HubUser> user(Session session) {
        return users.sessionsSince(session.username())
                .filter(since -> !session.begun().isBefore(since))
                .flatMap(since -> users.find(session.username()));
    }

    private Tokens tokens(Sessions.Opened opened, HubUser user) {
        String id = opened.session().id();
        return new Tokens(sign(id, user, Use.API, ACCESS_LENGTH), opened.refreshToken(), user, id);
    }

    private String sign(String sessionId, HubUser user, Use use, Duration length) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(use.audience)
                .subject(user.username())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(length)))
                .claim(SESSION, sessionId)
                .claim("roles", user.roles().stream().map(Role::word).sorted().toList())
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        var jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of 32 bytes signs with HS256", e);
        }
        return jwt.serialize();
    }

    private NimbusJwtDecoder decoder(Use use) {
        var decoder = NimbusJwtDecoder.withSecretKey(new SecretKeySpec(key, "HmacSHA256"))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        var times = new JwtTimestampValidator(Duration.ZERO);
        times.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times,
                new JwtIssuerValidator(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> List.of(use.audience).equals(audience)),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, expires -> expires != null)));
        return decoder;
    }
}
