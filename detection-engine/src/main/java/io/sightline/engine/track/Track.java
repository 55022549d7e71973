package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import java.time.Instant;

/**
 * One object followed over the frames of one camera, as it stands after one frame.
 *
 * @param id from 1, unique within one run of one camera
 * @param label class that was seen most
 * @param confidence of the newest sighting, 0 to 1; of the last one while the object is not seen
 * @param box where the object is now, in pixels of the original picture; predicted while it is not seen
 * @param seen whether the newest frame showed it
 * @param since capture time of the frame in which it was first seen
 */
public record Track(int id, String label, double confidence, BoundingBox box, boolean seen, Instant since) {}
