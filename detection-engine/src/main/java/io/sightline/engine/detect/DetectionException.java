package io.sightline.engine.detect;

/** One frame could not be looked at, or a detector could not be made. */
public final class DetectionException extends Exception {
    /** Why, in one word that states and metrics can carry. */
    public enum Reason {
        /** The detector cannot be made as it was asked for; trying again does not help. */
        BAD_DETECTOR,
        /** The detector cannot look at frames yet, for example because its model is still being fetched. */
        NOT_READY,
        /** The detector failed on this frame; the next one may go well. */
        FAILED,
        /** The detector did not answer in time; its call goes on, and the camera is refused until it ends. */
        TIMED_OUT,
        /** No worker was free in time: more is asked of this machine than it can do. */
        OVERLOADED,
        /** An earlier call for the same camera has not ended yet. */
        STUCK,
        /** The detector or the pool was closed. */
        CLOSED
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public DetectionException(String message) {
        this(Reason.FAILED, message);
    }

    public DetectionException(String message, Throwable cause) {
        super(message, cause);
        this.reason = Reason.FAILED;
    }

    public DetectionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static DetectionException badDetector(String message) {
        return new DetectionException(Reason.BAD_DETECTOR, message);
    }

    static DetectionException badDetector(String message, Throwable cause) {
        var problem = new DetectionException(Reason.BAD_DETECTOR, message);
        problem.initCause(cause);
        return problem;
    }

    public Reason reason() {
        return reason;
    }
}
