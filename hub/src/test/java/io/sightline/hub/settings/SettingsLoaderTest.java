package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.CameraRequirements;
import io.sightline.camera.streams.StreamRoles;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.net.Network;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.Line;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.usb.UsbWishes;
import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Frames;
import io.sightline.engine.video.VideoSettings.Hardware;
import io.sightline.processors.clips.ClipSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
    @TempDir
    Path folder;

    private SettingsFolder settingsFolder;

    @BeforeEach
    void start() throws IOException {
        settingsFolder = new SettingsFolder(folder);
    }

    @Test
    void shouldTakeDefaultsWhereNothingIsGiven() throws IOException {
        var settings = settingsFolder.load("sightline: {}\n");

        assertThat(settings.withRevision("any"))
                .isEqualTo(new SightlineSettings(
                        new HubSettings(Optional.empty(), Optional.empty()),
                        new PortSettings("127.0.0.1", 8080, 8081, 61616, 5672, 1883),
                        new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty()),
                        new RetentionSettings(
                                Duration.ofDays(30),
                                10L << 30,
                                10,
                                Duration.ofDays(400),
                                new RetentionSettings.Clips(Duration.ofDays(30), 10L << 30, Duration.ofDays(1))),
                        new CountingSettings(Optional.empty(), ZoneId.of("UTC")),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        "any"));
    }

    @Test
    void shouldTakeDefaultsOfItems() throws IOException {
        var settings = settingsFolder.load(
                SettingsFolder.DETECTOR + "  cameras: { gate: { uri: rtsp://192.0.2.10/a, detector: people } }\n");

        assertThat(settings.detectors().get("people"))
                .isEqualTo(new DetectorSettings(
                        "people",
                        "hog",
                        64,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "auto",
                        "auto",
                        Set.of(),
                        0.6,
                        "cpu",
                        0,
                        InputSettings.USUAL));
        assertThat(settings.cameras().get("gate"))
                .isEqualTo(new CameraSettings(
                        "gate",
                        "gate",
                        "",
                        "rtsp://192.0.2.10/a",
                        StreamRoles.MAIN_ONLY,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        "people",
                        5,
                        new Decode(Frames.AUTO, 0, 1, 1, Hardware.NONE),
                        "tcp",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        true,
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        CameraRequirements.NONE,
                        Duration.ofSeconds(5),
                        "normal",
                        new MotionKeys(true, "medium", Duration.ofSeconds(60), List.of()),
                        UsbWishes.NONE,
                        "keep",
                        new ClipSettings(
                                false, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(2), 16L << 20),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        PrivacySettings.NONE));
    }

    @Test
    void shouldTakeAllKeys() throws IOException {
        var settings = settingsFolder.load("""
                sightline:
                  hub: { id: site-7, public-url: "https://hub.example.com" }
                  camera-networks: [192.168.10.0/24, 10.1.2.3, "fd12::/16"]
                  ports: { bind: 0.0.0.0, http: '${PORT}', management: 1, core: 2, amqp: 3, mqtt: 0 }
                  store: { url: "jdbc:postgresql://db/sightline", username: hub, password: "${GATE_PASSWORD}" }
                  retention: { age: 12h, size: 512MiB, free-space: 5%, counts: 90d, clips: { age: 7d, size: 2GiB, links: 0s } }
                  counting: { reset-at: "05:30", time-zone: Europe/Berlin }
                  detectors:
                    cars: { type: onnx, model: tiny.onnx, decoder: yolox, labels: labels.txt, classes: [car, person], min-confidence: 0.7, smallest-person: 32px, provider: cuda, device: 1, input: { size: 640x480, fit: stretched, colours: rgb, scale: 0-1, mean: [0.5, 0.25, 0], std: 0.5, trim: false } }
                  camera-defaults: { transport: udp, detect-fps: 2.5 }
                  cameras:
                    gate:
                      name: Gate
                      location: North
                      uri: rtsps://192.0.2.10:322/stream2
                      streams: { detect: "rtsps://192.0.2.10:322/sub", record: "file:third.mp4", snapshot: detect }
                      username: hub
                      password: ${file:gate_password}
                      enabled: false
                      detector: cars
                      detect-fps: 10
                      decode: { frames: key, shrink: half, threads: 2, hardware: vaapi }
                      tls-pin: "%s"
                      tls-ca-file: labels.txt
                      loop: false
                      realtime: false
                      silence-limit: 500ms
                      frozen-limit: 0s
                      require: { min-width: 1280, min-height: 720, min-fps: 12.5, codec: [h264, h265], audio: true }
                      update-interval: 1m
                      priority: low
                      clips: { enabled: true, before: 10s, after: 3s, longest: 1m, memory: 32MiB }
                      motion: { gate: false, sensitivity: high, forced-look: 2m, masks: { tree: { polygon: [[0,0],[1,0],[1,1]] } } }
                      zones: { z: { polygon: [[0,0],[1,0],[1,1]], labels: [person], min-dwell: 2s, priority: high } }
                      lines: { l: { from: [0.1,0.6], to: [0.9,0.6], labels: [car] } }
                """.replace("%s", "ab".repeat(32)));

        assertThat(settings.hub())
                .isEqualTo(new HubSettings(Optional.of("site-7"), Optional.of(URI.create("https://hub.example.com"))));
        assertThat(settings.cameraNetworks())
                .extracting(Network::toString)
                .containsExactly("192.168.10.0/24", "10.1.2.3/32", "[fd12:0:0:0:0:0:0:0]/16");
        assertThat(settings.ports()).isEqualTo(new PortSettings("0.0.0.0", 9000, 1, 2, 3, 0));
        assertThat(settings.store())
                .isEqualTo(new StoreSettings(
                        Optional.of("jdbc:postgresql://db/sightline"),
                        Optional.of("hub"),
                        Optional.of("s3cret-value")));
        assertThat(settings.retention())
                .isEqualTo(new RetentionSettings(
                        Duration.ofHours(12),
                        512L << 20,
                        5,
                        Duration.ofDays(90),
                        new RetentionSettings.Clips(Duration.ofDays(7), 2L << 30, Duration.ZERO)));
        assertThat(settings.counting())
                .isEqualTo(new CountingSettings(Optional.of(LocalTime.of(5, 30)), ZoneId.of("Europe/Berlin")));
        assertThat(settings.detectors().get("cars"))
                .isEqualTo(new DetectorSettings(
                        "cars",
                        "onnx",
                        32,
                        Optional.of(folder.resolve("tiny.onnx").toString()),
                        Optional.empty(),
                        Optional.empty(),
                        "yolox",
                        folder.resolve("labels.txt").toString(),
                        Set.of("car", "person"),
                        0.7,
                        "cuda",
                        1,
                        new InputSettings(
                                "640x480", "stretched", "rgb", "0-1", List.of(0.5, 0.25, 0.0), List.of(0.5), false)));
        assertThat(settings.cameras().get("gate"))
                .isEqualTo(new CameraSettings(
                        "gate",
                        "Gate",
                        "North",
                        "rtsps://192.0.2.10:322/stream2",
                        new StreamRoles(
                                Optional.of("rtsps://192.0.2.10:322/sub"),
                                Optional.of("file:" + folder.resolve("third.mp4")),
                                StreamRoles.Snapshot.DETECT),
                        Optional.of("hub"),
                        Optional.of("from-file"),
                        false,
                        "cars",
                        10,
                        new Decode(Frames.KEY, 0, 2, 2, Hardware.VAAPI),
                        "udp",
                        true,
                        Optional.of("ab".repeat(32)),
                        Optional.of(folder.resolve("labels.txt")),
                        false,
                        false,
                        Optional.of(Duration.ofMillis(500)),
                        Duration.ZERO,
                        new CameraRequirements(1280, 720, 12.5, Set.of("h264", "hevc"), true),
                        Duration.ofMinutes(1),
                        "low",
                        new MotionKeys(
                                false,
                                "high",
                                Duration.ofMinutes(2),
                                List.of(List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1)))),
                        UsbWishes.NONE,
                        "keep",
                        new ClipSettings(
                                true, Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofMinutes(1), 32L << 20),
                        List.of(new Zone(
                                "z",
                                List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1)),
                                Set.of("person"),
                                Duration.ofSeconds(2),
                                Priority.HIGH,
                                0,
                                Duration.ofSeconds(5))),
                        List.of(new Line("l", new Point(0.1, 0.6), new Point(0.9, 0.6), Set.of("car"))),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        PrivacySettings.NONE));
    }

    @Test
    void shouldKnowTheDecodersOfTheEngine() {
        var setting = DetectorSettings.class.getRecordComponents()[6].getAnnotation(Setting.class);

        assertThat(Words.of(setting)).isEqualTo(Detectors.decoders());
    }

    @Test
    void shouldTakeLoginOutOfAddress() throws IOException {
        var camera = settingsFolder
                .load(
                        SettingsFolder.DETECTOR
                                + "  cameras: { a: { uri: \"rtsp://joe:${GATE_PASSWORD}@192.0.2.1:554/x?y=1\", detector: people } }\n")
                .cameras()
                .get("a");

        assertThat(camera.uri()).isEqualTo("rtsp://192.0.2.1:554/x?y=1");
        assertThat(camera.username()).contains("joe");
        assertThat(camera.password()).contains("s3cret-value");
        assertThat(camera.toString()).doesNotContain("s3cret-value");
    }

    @Test
    void shouldUseDefaultsOfAllCamerasAndCheckThemOnce() throws IOException {
        String cameras = "  cameras: { a: { uri: demo:crossing }, b: { uri: demo:crossing, detect-fps: 1 } }\n";

        var settings = settingsFolder.load(
                SettingsFolder.DETECTOR + "  camera-defaults: { detector: people, detect-fps: 2 }\n" + cameras);

        assertThat(settings.cameras().get("a").detectFps()).isEqualTo(2);
        assertThat(settings.cameras().get("b").detectFps()).isEqualTo(1);
        assertThat(settingsFolder.problems(
                        SettingsFolder.DETECTOR + "  camera-defaults: { detector: people, loop: maybe }\n" + cameras))
                .containsExactly("3: camera-defaults.loop: got 'maybe', allowed is true or false");
    }

    @Test
    void shouldAcceptShippedFile() {
        assertThat(SettingsLoader.load(Path.of("../config")).cameras()).containsOnlyKeys("demo");
    }
}
