package io.sightline.hub.status;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the state of every integration. Reports may come from any thread; listeners are told on the reporting thread,
 * only when state or code changes or it is removed, and must not block.
 */
public final class Integrations {
    /** Code of the last that is told of an integration. */
    public static final String REMOVED = "REMOVED";

    private static final Logger LOG = LoggerFactory.getLogger(Integrations.class);

    private final Clock clock;
    private final Map<String, Integration> known = new ConcurrentHashMap<>();
    private final Map<String, StateHistory> histories = new ConcurrentHashMap<>();
    private final List<Consumer<Integration>> listeners = new CopyOnWriteArrayList<>();

    public Integrations(Clock clock) {
        this.clock = clock;
    }

    public void online(String kind, String id) {
        report(new Integration(kind, id, IntegrationState.ONLINE, null, null, clock.instant()));
    }

    public void degraded(String kind, String id, String code, String reason) {
        report(new Integration(kind, id, IntegrationState.DEGRADED, code, reason, clock.instant()));
    }

    public void offline(String kind, String id, String code, String reason) {
        report(new Integration(kind, id, IntegrationState.OFFLINE, code, reason, clock.instant()));
    }

    public void disabled(String kind, String id) {
        report(new Integration(kind, id, IntegrationState.DISABLED, null, null, clock.instant()));
    }

    /** Does nothing more, by itself: for example a file that was played to its end. */
    public void ended(String kind, String id, String code, String reason) {
        report(new Integration(kind, id, IntegrationState.DISABLED, code, reason, clock.instant()));
    }

    /** Forgets an integration that is no longer configured; listeners are told that it is disabled for good. */
    public void remove(String kind, String id) {
        Integration before = known.remove(kind + "/" + id);
        histories.remove(kind + "/" + id);
        if (before != null) {
            Instant now = clock.instant();
            tell(new Integration(kind, id, IntegrationState.DISABLED, REMOVED, "is no longer configured", now), false);
        }
    }

    public Optional<Integration> find(String kind, String id) {
        return Optional.ofNullable(known.get(kind + "/" + id));
    }

    /** The last 50 changes of state and code, newest first; of an integration that is not known, none. */
    public List<StateChange> history(String kind, String id) {
        StateHistory history = histories.get(kind + "/" + id);
        return history == null ? List.of() : history.changes();
    }

    /** How often it came into a state, or into the same with another code, since it is known. */
    public long changes(String kind, String id, IntegrationState state) {
        StateHistory history = histories.get(kind + "/" + id);
        return history == null ? 0 : history.count(state);
    }

    /** All of them, ordered by kind and id. */
    public List<Integration> all() {
        return known.values().stream()
                .sorted(Comparator.comparing(Integration::kind).thenComparing(Integration::id))
                .toList();
    }

    public void listen(Consumer<Integration> listener) {
        listeners.add(listener);
    }

    private void report(Integration report) {
        var changed = new AtomicBoolean();
        var first = new AtomicBoolean();
        Integration now = known.compute(report.kind() + "/" + report.id(), (key, before) -> {
            first.set(before == null);
            changed.set(before == null
                    || before.state() != report.state()
                    || !Objects.equals(before.code(), report.code()));
            if (changed.get()) {
                histories.computeIfAbsent(key, fresh -> new StateHistory()).add(report);
            }
            return changed.get() || before == null ? report : report.keeping(before.since());
        });
        if (changed.get()) {
            tell(now, first.get());
        }
    }

    private void tell(Integration now, boolean first) {
        log(now, first);
        listeners.forEach(listener -> listener.accept(now));
    }

    /** What is well from the beginning, or has only begun, is no news for people. */
    private static void log(Integration now, boolean first) {
        boolean trouble = now.state() == IntegrationState.OFFLINE || now.state() == IntegrationState.DEGRADED;
        boolean expected = "CONNECTING".equals(now.code()) || first && now.state() == IntegrationState.ONLINE;
        var entry = expected ? LOG.atDebug() : trouble ? LOG.atWarn() : LOG.atInfo();
        entry.addKeyValue("kind", now.kind())
                .addKeyValue("id", now.id())
                .addKeyValue("state", now.state())
                .addKeyValue("reason", now.reason() == null ? "" : now.reason())
                .log("integration changed its state");
    }
}
