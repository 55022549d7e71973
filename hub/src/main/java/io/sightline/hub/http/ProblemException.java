package io.sightline.hub.http;

/** Ends a request with a problem; the detail is for callers. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param detail for people, without anything that they must not know */
    public ProblemException(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public static ProblemException notFound(String what) {
        return new ProblemException(404, what + " does not exist.");
    }

    public int status() {
        return status;
    }

    public Problem problem() {
        return Problem.of(status, String.valueOf(getMessage()));
    }
}
