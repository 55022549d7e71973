package io.sightline.hub.store;

import java.util.List;

/**
 * @param gap whether the event asked to go on from is not kept (any more), so that the oldest kept ones come instead
 */
public record EventsPage(List<StoredEvent> events, boolean gap) {}
