package io.sightline.hub.cameras;

import io.sightline.engine.detect.DetectorInfo;
import io.sightline.hub.status.Integrations;

/** The integrations of detectors: there is one only while there is something to say of it. */
final class DetectorStates {
    static final String KIND = "detector";

    private final Integrations integrations;

    DetectorStates(Integrations integrations) {
        this.integrations = integrations;
    }

    void fetching(String id, String reason) {
        integrations.degraded(KIND, id, "FETCHING", reason);
    }

    void fetchFailed(String id, String reason) {
        integrations.offline(KIND, id, "FETCH_FAILED", reason);
    }

    void unusable(String id, String reason) {
        integrations.offline(KIND, id, "BAD_DETECTOR", reason);
    }

    /** It is in use. */
    void open(DetectorInfo info) {
        if (!info.notes().isEmpty()) {
            integrations.degraded(KIND, info.id(), "FALLBACK", String.join("; ", info.notes()));
        } else if (integrations.find(KIND, info.id()).isPresent()) {
            integrations.online(KIND, info.id());
        }
    }

    void remove(String id) {
        integrations.remove(KIND, id);
    }
}
