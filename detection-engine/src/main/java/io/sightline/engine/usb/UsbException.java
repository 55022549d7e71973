package io.sightline.engine.usb;

/** A USB camera cannot be used; the message says what to do. */
public final class UsbException extends Exception {
    /** What is the matter. */
    public enum Reason {
        /** It is not plugged in, or never was. */
        NOT_FOUND,
        /** This user may not open it. */
        FORBIDDEN,
        /** It is there, and does not do what it is asked for. */
        UNUSABLE
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public UsbException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
