package io.sightline.hub.events;

import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integration;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.SystemEvents;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes an {@code io.sightline.system} event of every change of an integration's state. */
final class SystemNews implements Consumer<Integration> {
    private final EventPublisher publisher;
    private final Spine spine;
    private final Background background;

    SystemNews(EventPublisher publisher, Spine spine, Background background) {
        this.publisher = publisher;
        this.spine = spine;
        this.background = background;
    }

    @Override
    public void accept(Integration now) {
        background.run(() -> publish(now));
    }

    private void publish(Integration now) {
        Event event = SystemEvents.stateChanged(
                new SystemEvents.Integration(now.kind(), now.id()),
                new SystemEvents.State(now.state().name(), now.code(), now.reason()),
                now.since());
        String key = key(now);
        spine.ensure(Event.Kind.SYSTEM, key);
        publisher.publish(new Event(event.kind(), key, event.type(), event.time(), event.data(), null));
    }

    /** Ids of files hold dots and slashes, which an address cannot. */
    private static String key(Integration now) {
        String key = now.id()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("^[^a-z0-9]+", "");
        return key.isEmpty() ? now.kind() : key.substring(0, Math.min(key.length(), 63));
    }
}
