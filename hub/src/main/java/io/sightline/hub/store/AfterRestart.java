package io.sightline.hub.store;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the detections that were open when the hub last died. At its start the hub sends a marker; when that comes out of
 * the store's queue, everything older is stored, so what is open then stays open for ever.
 *
 * <p>Each is ended once: within this process the ids are remembered, should the marker come again; after another crash
 * the {@code ended} events, sent before the next marker, are stored before it, and markers of earlier starts are
 * ignored. Called by the store's consumer thread only.
 */
final class AfterRestart {
    private static final Logger LOG = LoggerFactory.getLogger(AfterRestart.class);

    private final long start;
    private final DetectionStore store;
    private final Consumer<StoredDetection> end;
    private final Set<String> ended = new HashSet<>();

    /** @param end sends the {@code ended} event and returns when the spine has it */
    AfterRestart(long start, DetectionStore store, Consumer<StoredDetection> end) {
        this.start = start;
        this.store = store;
        this.end = end;
    }

    void reached(ParsedEvent event) {
        boolean marker = event.event().type().equals(ParsedEvent.SYSTEM)
                && event.data().path("code").asText().equals("STARTED")
                && event.data().path("start").asLong() == start;
        if (!marker) {
            return;
        }
        for (StoredDetection open : store.openBefore(start)) {
            if (!ended.contains(open.id())) {
                end.accept(open);
                ended.add(open.id());
            }
        }
        if (!ended.isEmpty()) {
            LOG.atInfo().addKeyValue("detections", ended.size()).log("ended what was open when the hub stopped");
        }
    }
}
