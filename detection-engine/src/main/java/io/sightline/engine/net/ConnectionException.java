package io.sightline.engine.net;

import java.io.IOException;

/** A camera cannot be connected to, or does not talk as it should. The message never holds a login or a query. */
public final class ConnectionException extends IOException {
    /** Why, in one word. */
    public enum Reason {
        /** Nobody answers, or the connection is refused. */
        UNREACHABLE,
        /** No connection was made: the address is one that cameras must not have. */
        FORBIDDEN_ADDRESS,
        /** Its certificate is not the one expected. */
        UNTRUSTED,
        /** It refuses the login, or asks for one that was not given. */
        UNAUTHORIZED,
        NOT_FOUND,
        /** It sends on to an address that is not followed. */
        REDIRECTED,
        /** Connected, but no answer in time. */
        SILENT,
        /** The connection broke. */
        LOST,
        /** The answer makes no sense. */
        UNREADABLE
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** @param message what happened, without the address that was asked: whoever shows it names that */
    public ConnectionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
