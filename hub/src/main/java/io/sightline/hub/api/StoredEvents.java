package io.sightline.hub.api;

import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.store.EventsListener;
import io.sightline.hub.store.EventsPage;
import io.sightline.hub.store.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stored events as sockets follow them, with a word when there are new ones. Any thread. */
final class StoredEvents implements EventsListener {
    private final DetectionStore store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    StoredEvents(DetectionStore store) {
        this.store = store;
    }

    EventsPage after(Optional<String> after, int limit) {
        return store.eventsAfter(after.orElse(null), limit);
    }

    Optional<String> newest() {
        return store.newestEvent();
    }

    /** @param wake must not block */
    void listen(Runnable wake) {
        listeners.add(wake);
    }

    @Override
    public void stored(StoredEvent event) {
        listeners.forEach(Runnable::run);
    }
}
