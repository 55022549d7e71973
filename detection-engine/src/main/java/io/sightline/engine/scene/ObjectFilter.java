package io.sightline.engine.scene;

import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.util.ArrayList;

/**
 * Which objects of one label are believed.
 *
 * @param label of the objects that this is about; others pass
 * @param minArea smallest box, as a share of the picture, 0 to 1
 * @param maxArea largest box, as a share of the picture, 0 to 1
 * @param minRatio smallest width divided by height
 * @param maxRatio largest width divided by height
 * @param minConfidence 0 to 1
 */
public record ObjectFilter(
        String label, double minArea, double maxArea, double minRatio, double maxRatio, double minConfidence) {

    /** @throws IllegalArgumentException if a limit is out of range or nothing could pass; names all problems */
    public ObjectFilter {
        var problems = new ArrayList<String>();
        if (!(minArea >= 0 && minArea <= maxArea && maxArea <= 1)) {
            problems.add("area from " + minArea + " to " + maxArea + ", allowed are 0 to 1, the smaller first");
        }
        if (!(minRatio >= 0 && minRatio <= maxRatio)) {
            problems.add("ratio from " + minRatio + " to " + maxRatio + ", allowed is from 0, the smaller first");
        }
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            problems.add("confidence " + minConfidence + ", allowed is 0 to 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("filter '" + label + "': got " + String.join("; ", problems));
        }
    }

    boolean passes(SeenObject object, FrameInfo frame) {
        if (!object.label().equals(label)) {
            return true;
        }
        var box = object.box();
        double area = box.area() / ((double) frame.width() * frame.height());
        double ratio = box.height() > 0 ? box.width() / box.height() : Double.POSITIVE_INFINITY;
        return area >= minArea
                && area <= maxArea
                && ratio >= minRatio
                && ratio <= maxRatio
                && object.confidence() >= minConfidence;
    }
}
