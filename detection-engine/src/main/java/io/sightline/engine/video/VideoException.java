package io.sightline.engine.video;

/** A source cannot be opened or read. The message never holds an address with a password. */
public class VideoException extends Exception {
    /** Why, in one word that states and metrics can carry. */
    public enum Cause {
        UNREACHABLE,
        FORBIDDEN_ADDRESS,
        UNTRUSTED,
        REDIRECTED,
        UNAUTHORIZED,
        NOT_FOUND,
        SILENT,
        NO_KEY_FRAME,
        LOST,
        NO_VIDEO,
        UNREADABLE,
        FORMAT_CHANGED,
        NO_MEMORY,
        ENDED
    }

    private static final long serialVersionUID = 1L;

    private final Cause reason;

    public VideoException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }
}
