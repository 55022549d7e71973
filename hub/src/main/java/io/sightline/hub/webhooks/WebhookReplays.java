package io.sightline.hub.webhooks;

import io.sightline.hub.spine.Replays;
import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.store.StoredEvent;
import io.sightline.processors.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends events of the store to an endpoint once more, through its own queue and so in order. Any thread. */
public final class WebhookReplays {
    /** Most of one call. */
    static final int MOST = 10_000;

    private static final int PAGE = 500;

    private final DetectionStore store;
    private final Replays queue;

    WebhookReplays(DetectionStore store, Replays queue) {
        this.store = store;
        this.queue = queue;
    }

    /**
     * Which events, by the time at which the hub stored them.
     *
     * @param after go on behind this event; null: from the first
     */
    public record Range(Instant from, Instant to, @Nullable String after) {}

    /**
     * @param events how many wait in the queue now
     * @param last the last event that was looked at, to go on from; null: the range is through
     */
    public record Result(int events, @Nullable String last) {}

    /** Whatever its filter says. @return false if the event is not kept (any more) */
    public boolean one(Webhook webhook, String eventId) {
        List<byte[]> found =
                store.event(eventId).map(StoredEvent::body).stream().toList();
        if (!found.isEmpty()) {
            queue.send(webhook.sink(), found);
        }
        return !found.isEmpty();
    }

    /** What passes its filter, at most {@value #MOST} at once. */
    public Result range(Webhook webhook, Range range) {
        int sent = 0;
        String last = range.after();
        while (sent < MOST) {
            List<StoredEvent> page = store.eventsStored(range.from(), range.to(), last, PAGE);
            var wanted = new ArrayList<byte[]>();
            page.stream().filter(event -> wants(webhook, event)).forEach(event -> wanted.add(event.body()));
            if (!wanted.isEmpty()) {
                queue.send(webhook.sink(), wanted);
            }
            sent += wanted.size();
            if (page.size() < PAGE) {
                return new Result(sent, null);
            }
            last = page.get(page.size() - 1).id();
        }
        return new Result(sent, last);
    }

    private static boolean wants(Webhook webhook, StoredEvent event) {
        Set<Event.Kind> kinds = webhook.settings().kinds();
        return kinds.contains(kind(event.type())) && webhook.settings().wants(EventView.of(event.body()));
    }

    /** Which family of addresses an event of this type went to. */
    private static Event.Kind kind(String type) {
        String[] parts = type.split("\\.", 4);
        return switch (parts.length > 2 ? parts[2] : "") {
            case "detection" -> Event.Kind.DETECTION;
            case "alert" -> Event.Kind.ALERT;
            case "signal" -> Event.Kind.SIGNAL;
            case "system" -> Event.Kind.SYSTEM;
            default -> Event.Kind.SCENE;
        };
    }
}
