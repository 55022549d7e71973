package io.sightline.hub.management;

import io.sightline.hub.spine.Spine;
import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.spine.accounts.SinkBalance;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The accounts of all sinks as they were a moment ago, so that who reads one figure after the other does not count anew. */
final class SinkFigures {
    private final Accounts accounts;
    private final Spine spine;
    private final Clock clock;
    private final Map<String, SinkBalance> balances = new ConcurrentHashMap<>();

    SinkFigures(Accounts accounts, Spine spine, Clock clock) {
        this.accounts = accounts;
        this.spine = spine;
        this.clock = clock;
    }

    /** @return names of all sinks */
    Set<String> refresh() {
        Set<String> sinks = accounts.sinks();
        balances.keySet().retainAll(sinks);
        sinks.forEach(sink -> accounts.balance(sink).ifPresent(balance -> balances.put(sink, balance)));
        return sinks;
    }

    /** Names of the sinks at the last refresh. */
    Set<String> sinks() {
        return Set.copyOf(balances.keySet());
    }

    Optional<SinkBalance> find(String sink) {
        return Optional.ofNullable(balances.get(sink));
    }

    double value(String sink, ToDoubleFunction<SinkBalance> value) {
        return find(sink).map(value::applyAsDouble).orElse(0.0);
    }

    /** Age of the oldest event that waits for a sink; 0 where none does. */
    double oldestSeconds(String sink) {
        return spine.oldestWaiting(sink)
                .map(sent -> Math.max(0, Duration.between(sent, clock.instant()).toMillis()) / 1000.0)
                .orElse(0.0);
    }
}
