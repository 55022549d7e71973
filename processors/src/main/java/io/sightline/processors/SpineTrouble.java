package io.sightline.processors;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that the spine refuses now, and why; tells when the first comes and the last goes. Any thread. */
final class SpineTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(SpineTrouble.class);

    private final SpineListener listener;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    SpineTrouble(SpineListener listener) {
        this.listener = listener;
    }

    synchronized Optional<String> reason() {
        return reasons.values().stream().findFirst();
    }

    synchronized void refused(String eventId, String reason) {
        boolean first = reasons.isEmpty();
        reasons.put(eventId, reason);
        if (first) {
            LOG.atWarn().addKeyValue("reason", reason).log("the spine refuses an event, trying again");
            tell(() -> listener.refuses(reason));
        }
    }

    /** @param taken false if the event was given up, which says nothing about the spine */
    synchronized void over(String eventId, boolean taken) {
        if (reasons.remove(eventId) != null && reasons.isEmpty() && taken) {
            LOG.atInfo().log("the spine takes events again");
            tell(listener::takes);
        }
    }

    /** Forgets events that are no longer on their way. */
    synchronized void keepOnly(Set<String> eventIds) {
        if (reasons.keySet().retainAll(eventIds) && reasons.isEmpty()) {
            tell(listener::takes);
        }
    }

    /** A listener's trouble must not reach the event. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("a listener of the spine failed");
        }
    }
}
