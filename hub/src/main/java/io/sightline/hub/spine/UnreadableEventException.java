package io.sightline.hub.spine;

import org.jspecify.annotations.Nullable;

/** The bytes are no event that the receiver can read; it goes to the dead letters without another try. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
