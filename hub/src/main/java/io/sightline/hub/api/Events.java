package io.sightline.hub.api;

import java.util.List;
import java.util.Optional;

/** Stored events, in the order in which they were stored. Any thread; may block on the database for some milliseconds. */
public interface Events {
    /** @param json the event as it went over the spine */
    record Stored(String id, byte[] json) {}

    /**
     * Some events, oldest first.
     *
     * @param gap whether the event to go on from is not kept (any more), so that these begin with the oldest kept one
     */
    record Batch(List<Stored> events, boolean gap) {}

    /**
     * Events after one.
     *
     * @param after id of an event; empty: from the oldest one that is kept
     * @param limit at most so many; no events: nothing newer
     */
    Batch after(Optional<String> after, int limit);

    Optional<String> newestId();

    /** @param wake called on any thread after events were stored; must not block */
    void listen(Runnable wake);
}
