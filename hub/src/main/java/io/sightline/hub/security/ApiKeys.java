package io.sightline.hub.security;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sightline.hub.data.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of programs, role {@code integration}. Any thread. A key is shown once; only its hash is kept. */
public final class ApiKeys {
    static final int MOST = 1000;
    private static final Pattern KEY = Pattern.compile("sl_([0-9a-f]{12})_([0-9a-f]{64})");

    private final SecretFile file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Map<String, ApiKey> keys;

    public ApiKeys(DataFolder data, Clock clock) {
        this.file = new SecretFile(data.security().resolve("api-keys.json"));
        this.clock = clock;
        var byId = new LinkedHashMap<String, ApiKey>();
        file.readList(new TypeReference<List<ApiKey>>() {}).forEach(key -> byId.put(key.id(), key));
        this.keys = Map.copyOf(byId);
    }

    /** A new key. @param secret the whole key, for its owner only */
    public record Made(ApiKeyView key, String secret) {
        @Override
        public String toString() {
            return "Made[key=" + key.id() + "]";
        }
    }

    public synchronized Made create(String name, Set<String> scopes, Optional<Instant> expires) {
        scopes.stream().filter(word -> Scope.of(word).isEmpty()).findFirst().ifPresent(word -> {
            throw new AccountException(AccountException.Kind.INVALID, "scopes: one of them does not exist");
        });
        if (keys.size() >= MOST) {
            throw new AccountException(AccountException.Kind.CONFLICT, "there are " + MOST + " keys already");
        }
        String id = hex(6);
        String secret = hex(32);
        var key = new ApiKey(id, name, scopes, hash(secret), clock.instant(), expires.orElse(null));
        var next = new LinkedHashMap<>(keys);
        next.put(id, key);
        store(next);
        return new Made(view(key), "sl_" + id + "_" + secret);
    }

    /** @return the key, or empty if it does not exist, is over, or its secret is wrong */
    public Optional<ApiKeyView> check(String text) {
        Matcher parts = KEY.matcher(text.length() > 100 ? "" : text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        ApiKey key = keys.get(parts.group(1));
        byte[] given = hash(parts.group(2)).getBytes(StandardCharsets.US_ASCII);
        byte[] wanted = (key == null ? "" : key.hash()).getBytes(StandardCharsets.US_ASCII);
        boolean right = MessageDigest.isEqual(given, wanted);
        return right && isValid(key) ? Optional.of(view(key)) : Optional.empty();
    }

    /** Whether the key was neither deleted nor has it expired. */
    public boolean isGood(String id) {
        ApiKey key = keys.get(id);
        return key != null && isValid(key);
    }

    private boolean isValid(ApiKey key) {
        return key.expires() == null || key.expires().isAfter(clock.instant());
    }

    public List<ApiKeyView> all() {
        return keys.values().stream()
                .sorted(Comparator.comparing(ApiKey::created))
                .map(ApiKeys::view)
                .toList();
    }

    public synchronized void delete(String id) {
        var next = new LinkedHashMap<>(keys);
        if (next.remove(id) == null) {
            throw new AccountException(AccountException.Kind.MISSING, "no key has this id");
        }
        store(next);
    }

    private void store(Map<String, ApiKey> next) {
        file.writeList(List.copyOf(next.values()));
        keys = Map.copyOf(next);
    }

    private static ApiKeyView view(ApiKey key) {
        return new ApiKeyView(key.id(), key.name(), key.scopes(), key.created(), key.expires());
    }

    private String hex(int bytes) {
        var some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    private static String hash(String secret) {
        return Hashes.sha256(secret);
    }
}
