package io.sightline.hub.security;

/** A change of users or keys that is not allowed; the message is for people and tells what is. */
public final class AccountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is the matter. */
    public enum Kind {
        INVALID,
        CONFLICT,
        MISSING
    }

    private final Kind kind;

    AccountException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
