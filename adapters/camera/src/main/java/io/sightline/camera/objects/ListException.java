package io.sightline.camera.objects;

/** What a camera sent is no list that can be used; the next one may be. The message holds nothing of what was sent. */
public final class ListException extends Exception {
    private static final long serialVersionUID = 1L;

    public ListException(String message) {
        super(message);
    }
}
