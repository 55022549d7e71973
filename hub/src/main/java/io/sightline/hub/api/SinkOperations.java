package io.sightline.hub.api;

import io.sightline.hub.http.ProblemException;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.spine.accounts.SinkBalance;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/** The operations on sinks. */
public final class SinkOperations {
    private final Accounts accounts;
    private final Spine spine;
    private final Integrations integrations;

    SinkOperations(Accounts accounts, Spine spine, Integrations integrations) {
        this.accounts = accounts;
        this.spine = spine;
        this.integrations = integrations;
    }

    public Map<String, Object> list() {
        List<Map<String, @Nullable Object>> sinks = accounts.sinks().stream()
                .flatMap(sink -> accounts.balance(sink).stream())
                .map(this::view)
                .toList();
        return Map.of("sinks", sinks);
    }

    public Map<String, @Nullable Object> get(@Header("id") String id) {
        return accounts.balance(id).map(this::view).orElseThrow(() -> ProblemException.notFound("The sink"));
    }

    private Map<String, @Nullable Object> view(SinkBalance balance) {
        boolean inUse = spine.sinks().contains(balance.sink());
        Optional<Integration> known = integrations.find("sink", balance.sink());
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", balance.sink());
        view.put(
                "state",
                known.map(Integration::state).orElse(inUse ? IntegrationState.ONLINE : IntegrationState.DISABLED));
        view.put("code", known.map(Integration::code).orElse(null));
        view.put("reason", known.map(Integration::reason).orElse(null));
        view.put("in_use", inUse);
        numbers(view, balance);
        view.put("oldest_waiting", spine.oldestWaiting(balance.sink()).orElse(null));
        return view;
    }

    private static void numbers(Map<String, @Nullable Object> view, SinkBalance balance) {
        view.put("accepted", balance.accepted());
        view.put("delivered", balance.delivered());
        view.put("filtered", balance.filtered());
        view.put("dropped", balance.dropped());
        view.put("waiting", balance.waiting());
        view.put("dead", balance.dead());
        view.put("difference", balance.difference());
        view.put("missing", balance.missing());
        view.put("died", balance.died());
        view.put("attempts", balance.attempts());
        view.put("redeliveries", balance.redeliveries());
        view.put("repeated", balance.repeated());
    }
}
