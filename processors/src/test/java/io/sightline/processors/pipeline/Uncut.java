package io.sightline.processors.pipeline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.video.Frame;

/** Keeps whole pictures as the part that matters, and finds all of them sharp. */
final class Uncut implements Evidence {
    @Override
    public double sharpness(Frame frame, BoundingBox box) {
        return 500;
    }

    @Override
    public byte[] crop(byte[] jpeg, BoundingBox box) {
        return jpeg;
    }

    @Override
    public String revision() {
        return "0".repeat(64);
    }
}
