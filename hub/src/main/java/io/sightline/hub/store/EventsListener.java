package io.sightline.hub.store;

/** Told of each event after the commit that stored it, in order, on the writer's thread; must not block. */
@FunctionalInterface
public interface EventsListener {
    void stored(StoredEvent event);
}
