package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.util.List;

/**
 * Tells what moves as objects, whatever it is. One picture shows no motion, so it is told the moving regions by who
 * watches the camera, {@code io.sightline.engine.motion}; costs next to nothing and needs no model.
 *
 * <p>The sources stand in that package.
 */
final class MotionDetector implements Detector {
    static final String LABEL = "motion";

    private final DetectorInfo info;

    MotionDetector(DetectorSpec.Motion spec) {
        this.info = new DetectorInfo(
                spec.id(), "background-subtraction", Hashes.sha256("background-subtraction 1"), List.of(LABEL));
    }

    @Override
    public DetectorInfo info() {
        return info;
    }

    @Override
    public boolean needsMotion() {
        return true;
    }

    /** Without regions nothing is known to move. */
    @Override
    public List<SeenObject> detect(Frame frame) {
        return List.of();
    }

    /** @return each region as an object of confidence 1 */
    @Override
    public List<SeenObject> detect(Frame frame, List<BoundingBox> regions) {
        return regions.stream().map(region -> new SeenObject(LABEL, 1, region)).toList();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
