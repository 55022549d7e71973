package io.sightline.hub.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows wrong logins down. Counted per name and address, so that nobody can lock another one out from elsewhere, and
 * per address, so that trying many names is slow as well; a pair of name and address that logged in before does not
 * wait for others at its address. Any thread; memory is bounded, the longest unused is forgotten first.
 */
final class WrongLogins {
    static final int FREE_TRIES = 5;
    static final int FREE_TRIES_OF_ADDRESS = 30;
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Count> pairs = bounded();
    private final Map<String, Count> addresses = bounded();
    private final Map<String, Boolean> trusted = bounded();

    private record Count(int wrong, Instant last, Instant until) {}

    WrongLogins(Clock clock) {
        this.clock = clock;
    }

    /** @return how long the caller has to wait, empty where it may try now */
    synchronized Optional<Duration> waiting(String username, String address) {
        Instant now = clock.instant();
        String pair = pair(username, address);
        Optional<Duration> own = left(pairs.get(pair), now);
        return own.isPresent() || trusted.containsKey(pair) ? own : left(addresses.get(network(address)), now);
    }

    synchronized void wrong(String username, String address) {
        Instant now = clock.instant();
        pairs.merge(pair(username, address), first(now), (before, one) -> more(before, now, FREE_TRIES));
        addresses.merge(network(address), first(now), (before, one) -> more(before, now, FREE_TRIES_OF_ADDRESS));
    }

    synchronized void right(String username, String address) {
        String pair = pair(username, address);
        pairs.remove(pair);
        trusted.put(pair, true);
    }

    private static Optional<Duration> left(@Nullable Count count, Instant now) {
        return count != null && count.until().isAfter(now)
                ? Optional.of(Duration.between(now, count.until()))
                : Optional.empty();
    }

    private static Count first(Instant now) {
        return new Count(1, now, now);
    }

    private static Count more(Count before, Instant now, int free) {
        if (before.last().plus(FORGOTTEN_AFTER).isBefore(now)) {
            return first(now);
        }
        int wrong = Math.min(before.wrong() + 1, 1000);
        int over = wrong - free;
        Duration wait = over < 0 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(over, 6));
        return new Count(wrong, now, now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait));
    }

    private static String pair(String username, String address) {
        return network(address) + " " + username;
    }

    /** One customer has a whole /64 of IPv6 addresses. */
    private static String network(String address) {
        String[] parts = address.split(":", 6);
        return parts.length < 6 ? address : String.join(":", parts[0], parts[1], parts[2], parts[3]);
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
