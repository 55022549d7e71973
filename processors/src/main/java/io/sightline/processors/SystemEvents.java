package io.sightline.processors;

import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Events about the hub and what it is connected to. */
public final class SystemEvents {
    /** Type of all of them; {@code data.reason} and {@code data.state} tell the rest. */
    public static final String TYPE = "io.sightline.system";

    /** Key of events about the hub itself. */
    public static final String HUB = "hub";

    private SystemEvents() {}

    /**
     * An integration is in another state now.
     *
     * @param about which integration: its kind, for example {@code camera}, and its id
     * @param now its state
     * @param time since when
     */
    public static Event stateChanged(Integration about, State now, Instant time) {
        var data = new LinkedHashMap<String, Object>();
        data.put("kind", about.kind());
        data.put("id", about.id());
        data.put("state", now.name());
        data.put("code", now.code());
        data.put("reason", now.reason());
        data.put("since", Timestamps.text(time));
        return new Event(Event.Kind.SYSTEM, about.id(), TYPE, time, data, null);
    }

    /** @param start how often the hub was started, this time included */
    public static Event hubStarted(long start, Instant time) {
        var data = new LinkedHashMap<String, Object>();
        data.put("kind", HUB);
        data.put("id", HUB);
        data.put("state", "ONLINE");
        data.put("code", "STARTED");
        data.put("reason", null);
        data.put("since", Timestamps.text(time));
        data.put("start", start);
        return new Event(Event.Kind.SYSTEM, HUB, TYPE, time, data, null);
    }

    /** Which one. */
    public record Integration(String kind, String id) {}

    /**
     * @param name for example {@code OFFLINE}
     * @param code one word for machines, for example {@code UNREACHABLE}; null where there is none
     * @param reason a sentence for people without secrets; null where there is none
     */
    public record State(
            String name, @Nullable String code, @Nullable String reason) {}
}
