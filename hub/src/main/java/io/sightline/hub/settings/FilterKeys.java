package io.sightline.hub.settings;

import io.sightline.engine.scene.ObjectFilter;

/** The keys of a filter; its id is the label. */
record FilterKeys(
        String id,

        @Setting(value = "Smallest box, as a share of the picture.", standard = "0", max = 1)
        double minArea,

        @Setting(value = "Largest box, as a share of the picture.", standard = "1", max = 1)
        double maxArea,

        @Setting(value = "Smallest width divided by height.", standard = "0", max = 100)
        double minRatio,

        @Setting(value = "Largest width divided by height.", standard = "100", max = 100)
        double maxRatio,

        @Setting(value = "What is less certain is not seen.", standard = "0", max = 1)
        double minConfidence)
        implements Keys<ObjectFilter> {
    @Override
    public ObjectFilter value() {
        return new ObjectFilter(id, minArea, maxArea, minRatio, maxRatio, minConfidence);
    }
}
