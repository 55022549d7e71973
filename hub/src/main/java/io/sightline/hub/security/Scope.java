package io.sightline.hub.security;

import java.util.Arrays;
import java.util.Optional;

/** What an API key may be allowed to do. */
public enum Scope {
    CAMERAS_READ("cameras:read"),
    DETECTIONS_READ("detections:read"),
    EVENTS_READ("events:read"),
    STATUS_READ("status:read"),
    /** Own webhooks: register, change, replay. */
    WEBHOOKS("webhooks");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** The word in keys and REST. */
    public String word() {
        return word;
    }

    static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }
}
