package io.sightline.hub.settings;

import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.privacy.PrivacySettings.Strength;
import io.sightline.engine.scene.Point;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The keys of privacy. */
record PrivacyKeys(
        @Setting("Labels of objects that are made unrecognisable, for example `[person]`.")
        Set<String> blur,

        @Setting(value = "Places that are made unrecognisable always, by id.", items = OutlineKeys.class)
        List<List<Point>> regions,

        @Setting(
                value = "How little is left: ten patches, five patches, or one grey.",
                standard = "strong",
                oneOf = {"medium", "strong", "solid"})
        String strength)
        implements Keys<PrivacySettings> {
    @Override
    public PrivacySettings value() {
        return new PrivacySettings(blur, regions, Strength.valueOf(strength.toUpperCase(Locale.ROOT)));
    }
}
