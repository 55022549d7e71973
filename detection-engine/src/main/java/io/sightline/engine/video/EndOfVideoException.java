package io.sightline.engine.video;

/** A finite source has no more pictures. */
public final class EndOfVideoException extends VideoException {
    private static final long serialVersionUID = 1L;

    public EndOfVideoException(String message) {
        super(Cause.ENDED, message);
    }
}
