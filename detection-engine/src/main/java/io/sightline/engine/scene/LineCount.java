package io.sightline.engine.scene;

/**
 * How often a line was crossed since its scene was made.
 *
 * @param aToB from the line's left to its right, see {@link Line}
 * @param bToA from its right to its left
 */
public record LineCount(long aToB, long bToA) {
    static final LineCount NONE = new LineCount(0, 0);

    LineCount plus(String direction) {
        return direction.equals(Crossing.A_TO_B) ? new LineCount(aToB + 1, bToA) : new LineCount(aToB, bToA + 1);
    }

    LineCount plus(LineCount other) {
        return new LineCount(aToB + other.aToB, bToA + other.bToA);
    }
}
