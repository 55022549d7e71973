package io.sightline.hub.cameras;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.evidence.JpegCrop;
import io.sightline.engine.evidence.Sharpness;
import io.sightline.engine.video.Frame;
import io.sightline.processors.pipeline.Evidence;
import java.util.function.Supplier;

/** What the engine and the settings give for it. */
final class PictureEvidence implements Evidence {
    /** On each side, as a part of the box: enough to see what somebody carries and where the feet stand. */
    private static final double MARGIN = 0.15;

    /** Better than that of the whole picture, so that cutting costs nothing that can be seen. */
    private static final int QUALITY = 92;

    private final Sharpness sharpness = new Sharpness();
    private final JpegCrop crop = new JpegCrop();
    private final Supplier<String> revision;

    PictureEvidence(Supplier<String> revision) {
        this.revision = revision;
    }

    @Override
    public double sharpness(Frame frame, BoundingBox box) {
        return sharpness.of(frame, box);
    }

    @Override
    public byte[] crop(byte[] jpeg, BoundingBox box) {
        return crop.cut(jpeg, box, MARGIN, QUALITY);
    }

    @Override
    public String revision() {
        return revision.get();
    }
}
