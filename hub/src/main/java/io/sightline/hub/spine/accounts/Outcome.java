package io.sightline.hub.spine.accounts;

/** What became of an event at a sink. */
public enum Outcome {
    DELIVERED,
    FILTERED,
    DEAD,
    /** Not delivered, and not tried again, as its sink is configured. */
    LOST
}
