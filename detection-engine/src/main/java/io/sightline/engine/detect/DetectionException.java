package io.sightline.engine.detect;

/** One frame could not be looked at, or a detector could not be made. */
public final class DetectionException extends Exception {
    private static final long serialVersionUID = 1L;

    public DetectionException(String message) {
        super(message);
    }

    public DetectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
