package io.sightline.hub.spine.accounts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events that are about to be taken out of a queue, in its order. One thread. */
public final class Dropped {
    private final Map<String, List<Span>> spans = new HashMap<>();
    private long count;

    /** @param event empty where it has no number */
    public void add(Optional<EventNumber> event) {
        count++;
        event.ifPresent(
                number -> Span.add(spans.computeIfAbsent(number.source(), none -> new ArrayList<>()), number.mark()));
    }

    public long count() {
        return count;
    }

    Map<String, List<Span>> spans() {
        return spans;
    }
}
