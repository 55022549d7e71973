package io.sightline.engine.model;

/** A model's outputs are not what its decoder reads; names both shapes. */
public final class MisfitException extends Exception {
    private static final long serialVersionUID = 1L;

    public MisfitException(String message) {
        super(message);
    }
}
