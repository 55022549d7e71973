package io.sightline.hub.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code sightline.yaml}. */
public final class SettingsLoader {
    private SettingsLoader() {}

    public static SightlineSettings load(Path configFolder) {
        var people = new DetectorSettings("people", "hog", 64, Optional.empty(), "yolox", "coco", Set.of(), 0.5);
        var demo = new CameraSettings(
                "demo",
                "Demo crossing",
                "",
                "demo:crossing",
                Optional.empty(),
                Optional.empty(),
                true,
                "people",
                5,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                List.of(),
                List.of());
        return new SightlineSettings(
                new HubSettings(Optional.empty(), Optional.empty()),
                new PortSettings("127.0.0.1", 8080, 8081, 61616, 5672, 1883),
                new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty()),
                new RetentionSettings(Duration.ofDays(30), 10L << 30, 10),
                Map.of("people", people),
                Map.of("demo", demo));
    }
}
