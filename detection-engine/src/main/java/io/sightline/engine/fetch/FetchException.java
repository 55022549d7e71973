package io.sightline.engine.fetch;

/** A model could not be fetched. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean worthAnotherTry;

    private FetchException(String message, boolean worthAnotherTry) {
        super(message);
        this.worthAnotherTry = worthAnotherTry;
    }

    static FetchException forNow(String message) {
        return new FetchException(message, true);
    }

    static FetchException forGood(String message) {
        return new FetchException(message, false);
    }

    /** Whether the same may go well later. */
    public boolean isWorthAnotherTry() {
        return worthAnotherTry;
    }
}
