package io.sightline.engine.evaluate;

import io.sightline.engine.detect.BoundingBox;

/**
 * One box in one frame, of the truth or of a result.
 *
 * @param frame from 1
 * @param id of the object; negative where the truth does not tell who is who
 * @param weight confidence of a result; 0 for a box of the truth that does not count
 * @param label empty where the truth has none
 */
record Row(int frame, int id, BoundingBox box, double weight, String label) {

    /** Whether a box of the truth has to be found. */
    boolean counts() {
        return weight != 0;
    }

    /** Whether two boxes may be the same object. */
    boolean fits(Row other, double minOverlap) {
        return box.overlap(other.box) >= minOverlap;
    }
}
