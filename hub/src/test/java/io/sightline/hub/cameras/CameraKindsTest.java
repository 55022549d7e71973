package io.sightline.hub.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.settings.CameraSettings;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraKindsTest {
    @TempDir
    Path folder;

    private SightlineSettings settings;
    private CameraKinds kinds;

    @BeforeEach
    void read() throws IOException {
        Files.writeString(folder.resolve("sightline.yaml"), """
                sightline:
                  detectors: { people: { type: hog } }
                  cameras:
                    demo: { uri: "demo:crossing", detector: people }
                    usb: { uri: "v4l2:/dev/video0", detector: people, usb: { size: 640x480 } }
                    plain: { uri: "v4l2:serial=1", detector: people }
                    inbox: { uri: "folder:in box", detector: people }
                    smart: { uri: "objects:udp://0.0.0.0:5600" }
                """);
        settings = SettingsLoader.load(folder);
        kinds = new CameraKinds(Path.of("/data/of hub/folders"));
    }

    private CameraSettings camera(String id) {
        return settings.cameras().get(id);
    }

    @Test
    void shouldPutWhatIsAskedForIntoTheAddress() {
        assertThat(kinds.address(camera("demo"))).isEqualTo("demo:crossing");
        assertThat(kinds.address(camera("usb"))).isEqualTo("v4l2:/dev/video0?size=640x480");
        assertThat(kinds.address(camera("plain"))).isEqualTo("v4l2:serial=1");
        assertThat(kinds.address(camera("inbox")))
                .isEqualTo("folder:" + folder.resolve("in box")
                        + "?done=keep&memory=%2Fdata%2Fof+hub%2Ffolders%2Finbox.seen");
    }

    @Test
    void shouldTellWhatOnePictureShowsWhereEachStandsForItself() {
        assertThat(kinds.tracker(camera("demo"), settings).minSightings()).isEqualTo(3);
        assertThat(kinds.tracker(camera("inbox"), settings).minSightings()).isEqualTo(1);
        assertThat(kinds.tracker(camera("inbox"), settings).minConfidence()).isEqualTo(0.6);
        assertThat(kinds.tracker(camera("smart"), settings).minAge()).isEqualTo(Duration.ZERO);
        assertThat(kinds.motion(camera("demo")).gate()).isTrue();
        assertThat(kinds.motion(camera("inbox")).gate()).isFalse();
    }

    @Test
    void shouldNameASmartCameraAsItsOwnDetector() {
        var shelf = new DetectorShelf(folder, new Integrations(Clock.systemUTC()));
        try (var detector = kinds.detector(camera("smart"), shelf)) {
            assertThat(detector.info().id()).isEqualTo("smart");
            assertThat(detector.info().sha256()).matches("[0-9a-f]{64}");
        }
    }
}
