package io.sightline.hub.settings;

import io.sightline.engine.scene.NearMissRule;
import java.util.Set;

/** The keys of a near miss. */
record NearMissKeys(
        @Setting(
                value = "Nearer than this is too near, `2m`.",
                standard = "2m",
                unit = Setting.Unit.METRES,
                min = 0.1,
                max = 100)
        double distance,

        @Setting("Whom to keep from harm; all where it is missing.")
        Set<String> labels,

        @Setting("What may do the harm; all where it is missing.")
        Set<String> others,

        @Setting(
                value = "The faster of the two moves at least so fast, in metres per second.",
                standard = "1",
                max = 100)
        double minSpeed)
        implements Keys<NearMissRule> {
    @Override
    public NearMissRule value() {
        return new NearMissRule(distance, labels, others, minSpeed);
    }
}
