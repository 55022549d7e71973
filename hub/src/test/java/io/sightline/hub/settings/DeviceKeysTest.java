package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.hub.files.FileProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cameras that are no network streams. */
class DeviceKeysTest {
    @TempDir
    Path folder;

    private SightlineSettings load(String camera) throws IOException {
        Path file = folder.resolve("sightline.yaml");
        Files.writeString(
                file, "sightline:\n  detectors: { people: { type: hog } }\n  cameras:\n    dock: " + camera + "\n");
        return SettingsLoader.load(file, new Secrets(Map.of(), List.of()));
    }

    private CameraSettings camera(String camera) throws IOException {
        return load(camera).cameras().get("dock");
    }

    @Test
    void shouldTakeUsbCamerasWithTheirKeys() throws IOException {
        var camera = camera("{ uri: \"v4l2:id=usb-046d_C920\", detector: people, usb: { format: mjpeg, size: 1280x720,"
                + " fps: 30, controls: { exposure_auto: 1, brightness: -5 } } }");

        assertThat(camera.uri()).isEqualTo("v4l2:id=usb-046d_C920");
        assertThat(camera.usb().query())
                .isEqualTo("format=mjpeg&size=1280x720&fps=30&control.exposure_auto=1&control.brightness=-5");
    }

    @Test
    void shouldTakeWatchedFoldersFromTheFolderOfTheFile() throws IOException {
        var camera = camera("{ uri: \"folder:inbox\", detector: people, folder-done: move }");

        assertThat(camera.uri()).isEqualTo("folder:" + folder.resolve("inbox"));
        assertThat(camera.folderDone()).isEqualTo("move");
    }

    @Test
    void shouldTakeSmartCamerasWithoutADetector() throws IOException {
        assertThat(camera("{ uri: \"objects:udp://0.0.0.0:5600?format=json&from=192.0.2.20\" }")
                        .detector())
                .isEmpty();
        var settings = load("{ uri: \"objects:can://can0?id=0x500&labels=person,car\","
                + " zones: { yard: { polygon: [[0,0],[1,0],[1,1]], labels: [forklift] } } }\n"
                + "  camera-defaults: { detector: people }");
        assertThat(settings.cameras().get("dock").detector()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ uri: v4l2:video0, detector: people } | got 'v4l2:video0', allowed are v4l2:/dev/video0",
                "{ uri: \"v4l2:/dev/video0?fps=5\", detector: people } | allowed are they in 'usb' beside it",
                "{ uri: v4l2:/dev/video0, detector: people, usb: { size: big } } | usb: size: got 'big', allowed is width x",
                "{ uri: v4l2:/dev/video0, detector: people, usb: { format: raw } } | allowed are auto, mjpeg, yuyv, h264",
                "{ uri: v4l2:/dev/video0, detector: people, usb: { controls: { gain: high } } } | gain: got 'high'",
                "{ uri: v4l2:/dev/video0, detector: people, usb: { controls: { A-b: 1 } } } | got 'A-b'",
                "{ uri: v4l2:/dev/video0, detector: people, usb: { controls: [gain] } } | allowed are keys with values",
                "{ uri: demo:crossing, detector: people, usb: { fps: 5 } } | allowed with v4l2: addresses only",
                "{ uri: demo:crossing, detector: people, folder-done: move } | allowed with folder: addresses only",
                "{ uri: 'folder:', detector: people } | allowed is folder: and a path",
                "{ uri: demo:crossing } | 'detector' is missing",
                "{ uri: v4l2:/dev/video0 } | 'detector' is missing",
                "{ uri: objects:udp://0.0.0.0:5600, detector: people } | allowed is none: the camera itself tells",
                "{ uri: objects:udp://camera:5600 } | must name a numeric address of this machine",
                "{ uri: objects:tcp://0.0.0.0:5600 } | is no address of a smart camera",
                "{ uri: gige:192.0.2.5, detector: people } | GigE Vision is not in this build",
                "{ uri: gigE:192.0.2.5, detector: people } | allowed are demo:, file:, folder:, v4l2:, objects:",
            })
    void shouldSayWhatIsWrong(String camera, String problem) {
        var refused = catchThrowableOfType(FileProblems.class, () -> load(camera));
        assertThat(refused).as(camera).isNotNull();
        assertThat(refused.getMessage()).contains(problem.strip());
    }
}
