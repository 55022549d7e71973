package io.sightline.hub.bench;

/** A figure cannot be measured here; the message says why. */
final class SkippedException extends Exception {
    private static final long serialVersionUID = 1L;

    SkippedException(String why) {
        super(why);
    }
}
