package io.sightline.hub.webhooks;

import io.sightline.processors.Event;
import java.util.List;
import java.util.Set;

/**
 * What its owner says of an endpoint.
 *
 * @param url as {@link WebhookAddress} allows it; may hold a secret in path or query
 * @param description for people
 * @param kinds which events flow into its queue
 * @param types CloudEvents types, or their beginnings with {@code .*}; empty: all of the kinds
 * @param cameras ids; events about another camera are left out; empty: all
 */
public record WebhookSettings(
        String url, String description, Set<Event.Kind> kinds, List<String> types, List<String> cameras) {
    public WebhookSettings {
        kinds = Set.copyOf(kinds);
        types = List.copyOf(types);
        cameras = List.copyOf(cameras);
    }

    /** Whether an event that is in the queue is to be delivered. */
    boolean wants(EventView event) {
        boolean type = types.isEmpty() || types.stream().anyMatch(wanted -> matches(wanted, event.type()));
        boolean camera = cameras.isEmpty()
                || event.camera().isEmpty()
                || cameras.contains(event.camera().get());
        return type && camera;
    }

    private static boolean matches(String wanted, String type) {
        return wanted.endsWith(".*") ? type.startsWith(wanted.substring(0, wanted.length() - 1)) : type.equals(wanted);
    }

    @Override
    public String toString() {
        return "WebhookSettings[…]";
    }
}
