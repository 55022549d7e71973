package io.sightline.processors.live;

/** What is drawn into a live picture. */
public enum Layer {
    /** A box around each object that is seen, with its label, number and confidence. */
    BOXES,
    /** Zones with how many are in them, lines with how often they were crossed since the camera was configured. */
    ZONES
}
