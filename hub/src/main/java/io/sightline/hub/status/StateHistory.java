package io.sightline.hub.status;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The last changes of one integration's state, and how many there were since the start. Any thread. */
final class StateHistory {
    private static final int MOST = 50;

    private final Deque<StateChange> changes = new ArrayDeque<>();
    private final Map<IntegrationState, Long> counts = new EnumMap<>(IntegrationState.class);

    synchronized void add(Integration now) {
        changes.addFirst(new StateChange(now.since(), now.state(), now.code(), now.reason()));
        if (changes.size() > MOST) {
            changes.removeLast();
        }
        counts.merge(now.state(), 1L, Long::sum);
    }

    /** Newest first. */
    synchronized List<StateChange> changes() {
        return Collections.unmodifiableList(new ArrayList<>(changes));
    }

    synchronized long count(IntegrationState state) {
        return counts.getOrDefault(state, 0L);
    }
}
