package io.sightline.hub.launcher;

import java.util.Optional;

/** The command line, the configuration or the data folder does not allow a start; the message is for people. */
public class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    /** The first of this kind among an exception and its causes. */
    public static Optional<UsageException> in(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UsageException usage) {
                return Optional.of(usage);
            }
        }
        return Optional.empty();
    }
}
