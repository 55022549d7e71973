package io.sightline.engine.model;

/** Receives what a model proposes for one picture. */
public interface Proposals {

    /**
     * @param score 0 to 1
     * @param label number of the class, from 0
     * @param box in pixels of the model's input; one that is no rectangle is left out
     */
    void add(float score, int label, Corners box);

    /** A box while it is proposed; a value that the compiler keeps off the heap. */
    record Corners(float left, float top, float right, float bottom) {
        /** @param x of the centre */
        static Corners centred(float x, float y, float width, float height) {
            return new Corners(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
        }
    }
}
