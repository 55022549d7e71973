package io.sightline.hub.security;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sightline.hub.data.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins with their refresh tokens, kept over restarts. A refresh token is good once; one that comes back a second time
 * was stolen from somebody, so the whole session ends. Any thread; at most {@value #MOST_OF_USER} of a user, the oldest
 * end first.
 */
final class Sessions {
    static final Duration LENGTH = Duration.ofDays(7);
    static final int MOST_OF_USER = 50;
    static final int MOST = 5000;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final SecretFile file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new HashMap<>();

    /** @param refreshToken for its owner only */
    record Opened(Session session, String refreshToken) {
        @Override
        public String toString() {
            return "Opened[session=" + session.id() + "]";
        }
    }

    Sessions(DataFolder data, Clock clock) {
        this.file = new SecretFile(data.security().resolve("sessions.json"));
        this.clock = clock;
        file.readList(new TypeReference<List<Session>>() {}).forEach(one -> sessions.put(one.id(), one));
    }

    synchronized Opened open(String username) {
        Instant now = clock.instant();
        forget(now);
        shorten(session -> session.username().equals(username), MOST_OF_USER);
        shorten(session -> true, MOST);
        String secret = secret();
        var session = new Session(
                UUID.randomUUID().toString(), username, Hashes.sha256(secret), now, now.plus(LENGTH), false);
        sessions.put(session.id(), session);
        save();
        return new Opened(session, session.id() + "." + secret);
    }

    /** @return the session with its next refresh token, or empty if the token is not good */
    synchronized Optional<Opened> refresh(String token) {
        int dot = token.indexOf('.');
        Session session = dot < 0 ? null : sessions.get(token.substring(0, dot));
        if (session == null || !isOpen(session)) {
            return Optional.empty();
        }
        byte[] given = Hashes.sha256(token.substring(dot + 1)).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(given, session.refreshHash().getBytes(StandardCharsets.US_ASCII))) {
            LOG.atWarn()
                    .addKeyValue("username", session.username())
                    .log("a used refresh token came back, session ended");
            end(session.id());
            return Optional.empty();
        }
        String next = secret();
        Session refreshed = session.refreshed(Hashes.sha256(next));
        sessions.put(refreshed.id(), refreshed);
        save();
        return Optional.of(new Opened(refreshed, refreshed.id() + "." + next));
    }

    synchronized Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id)).filter(this::isOpen);
    }

    synchronized void end(String id) {
        if (sessions.computeIfPresent(id, (key, session) -> session.ended()) != null) {
            save();
        }
    }

    private boolean isOpen(Session session) {
        return !session.revoked() && session.expires().isAfter(clock.instant());
    }

    private void forget(Instant now) {
        sessions.values().removeIf(session -> session.expires().isBefore(now));
    }

    private void shorten(Predicate<Session> which, int most) {
        List<Session> some = sessions.values().stream()
                .filter(which)
                .sorted(Comparator.comparing(Session::revoked).reversed().thenComparing(Session::begun))
                .toList();
        some.stream().limit(Math.max(0, some.size() - most + 1)).forEach(one -> sessions.remove(one.id()));
    }

    private void save() {
        file.writeList(List.copyOf(sessions.values()));
    }

    private String secret() {
        var some = new byte[32];
        random.nextBytes(some);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
    }
}
