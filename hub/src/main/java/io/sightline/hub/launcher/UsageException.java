package io.sightline.hub.launcher;

/** The command line, the configuration or the data folder does not allow a start; the message is for people. */
public class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
