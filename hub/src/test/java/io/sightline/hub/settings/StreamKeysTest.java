package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.hub.files.FileProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamKeysTest {
    @TempDir
    Path folder;

    @Test
    void shouldTellWhatIsWrongWithOtherStreams() {
        assertThatThrownBy(() -> load("""
                        sightline:
                          detectors: { people: { type: hog } }
                          cameras:
                            a: { uri: "rtsp://192.0.2.10/a", detector: people, streams: { detect: "demo:crossing" } }
                            b: { uri: "rtsp://192.0.2.10/b", detector: people, streams: { record: "rtsp://u:secret@192.0.2.10/c" } }
                            c: { uri: "demo:crossing", detector: people, streams: { detect: "file:sub.mp4" } }
                            d:
                              uri: "rtsp://192.0.2.10/d"
                              detector: people
                              streams: { detect: "rtsp://192.0.2.10/e", snapshot: main }
                              privacy: { blur: [person] }
                            f:
                              uri: "rtsp://192.0.2.10/f"
                              detector: people
                              streams: { record: "rtsp://192.0.2.10/g" }
                              privacy: { blur: [person] }
                            g: { uri: "demo:crossing", detector: people, streams: { record: "file:main.mp4" } }
                            e: { uri: "rtsp://192.0.2.10/a", detector: people, decode: { frames: some, shrink: third } }
                        """))
                .isInstanceOf(FileProblems.class)
                .hasMessageContaining(
                        "cameras.a.streams.detect: got 'demo:crossing', allowed are file:, rtsp: and rtsps:")
                .hasMessageContaining("without a login; the camera's username and password are taken")
                .hasMessageContaining("cameras.c.streams: got detect beside the drawn scene, allowed is uri alone")
                .hasMessageContaining(
                        "cameras.d.streams: got snapshot: main beside privacy, allowed are auto and detect")
                .hasMessageContaining("cameras.f.streams: got record beside privacy, allowed is none")
                .hasMessageContaining("cameras.g.streams: got record beside the drawn scene, allowed is uri alone")
                .hasMessageContaining("allowed are auto, all, reference, key")
                .hasMessageContaining("allowed are none, half, quarter, eighth")
                .hasMessageNotContaining("secret");
    }

    private SightlineSettings load(String text) throws IOException {
        Path file = folder.resolve("sightline.yaml");
        Files.writeString(file, text);
        return SettingsLoader.load(file, new Secrets(Map.of(), List.of()));
    }
}
