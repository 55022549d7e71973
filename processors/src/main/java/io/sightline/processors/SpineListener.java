package io.sightline.processors;

/**
 * Is told how the spine takes events: by turns, beginning with a refusal. Called on threads that publish, one at a time;
 * must neither block nor publish.
 */
public interface SpineListener {
    /** Listens to nothing. */
    SpineListener NONE = new SpineListener() {
        @Override
        public void refuses(String reason) {}

        @Override
        public void takes() {}
    };

    /** An event is not taken, or not answered in time; it is offered again. */
    void refuses(String reason);

    /** All that was refused has been taken. */
    void takes();
}
