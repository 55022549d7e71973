package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.engine.detect.Detectors;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.Line;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.Zone;
import io.sightline.hub.files.FileProblems;
import io.sightline.processors.clips.ClipSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    private static final String DETECTOR = "sightline:\n  detectors: { people: { type: hog } }\n";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeModel() throws IOException {
        file = folder.resolve("sightline.yaml");
        Files.writeString(folder.resolve("tiny.onnx"), "model");
        Files.writeString(folder.resolve("labels.txt"), "person\ncar");
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/gate_password"), "from-file\n");
    }

    private SightlineSettings load(String text) throws IOException {
        Files.writeString(file, text);
        var environment = Map.of("GATE_PASSWORD", "s3cret-value", "PORT", "9000", "BAD", "s3cret-value");
        return SettingsLoader.load(file, new Secrets(environment, List.of(folder.resolve("secrets"))));
    }

    /** Problems as {@code line: text}. */
    private List<String> problems(String text) {
        var refused = catchThrowableOfType(FileProblems.class, () -> load(text));
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.getMessage()).doesNotContain("s3cret-value").startsWith(file + ":");
        return refused.problems().stream().map(p -> p.line() + ": " + p.text()).toList();
    }

    @Test
    void shouldTakeDefaultsWhereNothingIsGiven() throws IOException {
        var settings = load("sightline: {}\n");

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
                        Map.of(),
                        Map.of(),
                        "any"));
    }

    @Test
    void shouldTakeDefaultsOfItems() throws IOException {
        var settings = load(DETECTOR + "  cameras: { gate: { uri: rtsp://192.0.2.10/a, detector: people } }\n");

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
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        "people",
                        5,
                        "tcp",
                        true,
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        "normal",
                        new MotionKeys(true, "medium", Duration.ofSeconds(60), List.of()),
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
        var settings = load("""
                sightline:
                  hub: { id: site-7, public-url: "https://hub.example.com" }
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
                      username: hub
                      password: ${file:gate_password}
                      enabled: false
                      detector: cars
                      detect-fps: 10
                      loop: false
                      realtime: false
                      silence-limit: 500ms
                      update-interval: 1m
                      priority: low
                      clips: { enabled: true, before: 10s, after: 3s, longest: 1m, memory: 32MiB }
                      motion: { gate: false, sensitivity: high, forced-look: 2m, masks: { tree: { polygon: [[0,0],[1,0],[1,1]] } } }
                      zones: { z: { polygon: [[0,0],[1,0],[1,1]], labels: [person], min-dwell: 2s, priority: high } }
                      lines: { l: { from: [0.1,0.6], to: [0.9,0.6], labels: [car] } }
                """);

        assertThat(settings.hub())
                .isEqualTo(new HubSettings(Optional.of("site-7"), Optional.of(URI.create("https://hub.example.com"))));
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
                        Optional.of("hub"),
                        Optional.of("from-file"),
                        false,
                        "cars",
                        10,
                        "udp",
                        false,
                        false,
                        Duration.ofMillis(500),
                        Duration.ofMinutes(1),
                        "low",
                        new MotionKeys(
                                false,
                                "high",
                                Duration.ofMinutes(2),
                                List.of(List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1)))),
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
    void shouldRefuseClipsOfASourceThatHasNoVideo() throws IOException {
        assertThat(problems(DETECTOR + """
                  cameras:
                    demo:
                      uri: "demo:crossing"
                      detector: people
                      clips: { enabled: true }
                    gate: { uri: rtsp://192.0.2.10/a, detector: people, clips: { before: 30s, after: 30s, longest: 1m } }
                """))
                .satisfiesExactly(
                        demo -> assertThat(demo).contains("cameras.demo.clips: got enabled for demo:crossing"),
                        gate -> assertThat(gate).contains("cameras.gate.clips: longest: got 60 s"));
        var byDefault = load(DETECTOR + """
                  camera-defaults: { clips: { enabled: true } }
                  cameras: { demo: { uri: "demo:crossing", detector: people } }
                """);
        assertThat(byDefault.cameras().get("demo").clips().enabled()).isTrue();
    }

    @Test
    void shouldTellEveryProblemAtOnce() {
        assertThat(problems("""
                        sightline:
                          ports: { http: "8080", mqtt: 70000 }
                          detectors:
                            people: { type: hogg }
                            cars: { type: onnx, model: models/none.onnx }
                            bare: { type: onnx }
                          cameras:
                            demo: { uri: "demo:crossing", detcetor: people, detect-fps: 5 }
                            Gate: { uri: "rtps://192.0.2.10/a", detector: poeple, enabled: yes }
                            yard:
                              uri: file:yard.mp4
                              detector: cars
                              silence-limit: 5
                            yard: { uri: "demo:crosing", detector: cars }
                        """))
                .containsExactly(
                        "2: ports.http: got '8080', allowed is a whole number from 0 to 65535 without quotes",
                        "2: ports.mqtt: got '70000', allowed is a whole number from 0 to 65535",
                        "4: detectors.people.type: got 'hogg', allowed are hog, onnx, caffe, motion, did you mean 'hog'",
                        "5: detectors.cars.model: got 'models/none.onnx', allowed is a file that can be read; there is none"
                                + " at " + folder.resolve("models/none.onnx"),
                        "6: detectors.bare: 'model' is missing, a detector of the type onnx needs one",
                        "8: cameras.demo: 'detector' is missing",
                        "8: cameras.demo: unknown key 'detcetor', allowed are name, location, uri, username, password,"
                                + " enabled, detector, detect-fps, transport, loop, realtime, silence-limit,"
                                + " update-interval, priority, motion, clips, zones, lines, filters, masks, ground, near-miss, privacy, did you mean 'detector'",
                        "9: cameras.Gate.detector: got 'poeple', allowed is an id of sightline.detectors; configured are"
                                + " people, cars, bare, did you mean 'people'",
                        "9: cameras.Gate.enabled: got 'yes', allowed is true or false",
                        "9: cameras.Gate.uri: got 'rtps://192.0.2.10/a', allowed are demo:, file:, rtsp: and rtsps:"
                                + " addresses, did you mean 'rtsp'",
                        "9: cameras: got the id 'Gate', allowed are 1 to 63 of a-z, 0-9, _ and -, the first a letter or"
                                + " digit",
                        "13: cameras.yard.silence-limit: got '5', allowed is a time from 500ms to 10m with a unit, for"
                                + " example 500ms, 2s, 5m, 1h, 30d",
                        "14: cameras: 'yard' stands here and in line 10, allowed is once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polygon: [[0,0],[1,1]] | polygon: got 2 points, allowed are 3 to 100",
                "polygon: [[0,0],[1,1],[1,0],[0,1]] | polygon: sides 1 and 3 touch or cross each other, allowed is a polygon whose sides do not",
                "polygon: [[0,0],[0.5,0.5],[1,1]] | polygon: the points lie on one line, allowed",
                "polygon: [[0,0],[1.2,0],[1,1]] | polygon: got '1.2', allowed are fractions of the picture from 0 to 1",
                "polygon: [[0,0],[NaN,0],[1,1]] | polygon: got 'NaN', allowed are fractions",
                "polygon: 7 | polygon: allowed is a list of at least 3 points [x, y]",
                "labels: [person] | 'polygon' is missing",
                "polygon: [[0,0],[1,0],[1,1]], labels: person | labels: got 'person', allowed is a list of words",
                "polygon: [[0,0],[1,0],[1,1]], min-dwell: -1s | min-dwell: got '-1s', allowed is a time from 0s to 1d",
            })
    void shouldRefuseBadZone(String zone, String problem) {
        String camera = DETECTOR + "  cameras: { a: { uri: demo:crossing, detector: people, zones: { z: { " + zone
                + " } } } }\n";

        assertThat(problems(camera))
                .hasSize(1)
                .first()
                .asString()
                .contains("cameras.a.zones.z")
                .contains(problem);
    }

    @Test
    void shouldRefuseLineWithoutLength() {
        assertThat(
                        problems(
                                DETECTOR
                                        + "  cameras: { a: { uri: demo:crossing, detector: people, lines: { l: { from: [0.5,0.5], to: [0.5,0.5] } } } }\n"))
                .containsExactly(
                        "3: cameras.a.lines.l: got a line from [0.5, 0.5] to itself, allowed is a line with a length");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ports: { http: 0o17 } | ports.http: got '0o17', allowed is a whole number",
                "ports: { http: 017 } | ports.http: got '017', allowed is a whole number",
                "ports: { http: 1_000 } | ports.http: got '1_000', allowed is a whole number",
                "ports: { http: 80.5 } | ports.http: got '80.5', allowed is a whole number",
                "ports: { http: } | ports.http: got '', allowed is a whole number",
                "ports: { http: '${BAD}' } | ports.http: got '${BAD}', allowed is a whole number",
                "ports: { http: 5672 } | ports: http and amqp are both 5672",
                "ports: [1] | ports: got a list, allowed are keys with values",
                "retention: { size: 10GB } | retention.size: got '10GB', allowed is a size from 1MiB to 1024TiB with a unit of B, KiB",
                "retention: { free-space: 10 } | retention.free-space: got '10', allowed are 0 to 90 percent, for example 10%",
                "retention: { age: 1 week } | retention.age: got '1 week', allowed is a time from 1m to 3650d",
                "retention: { counts: 1h } | retention.counts: got '1h', allowed is a time from 1d to 3650d",
                "counting: { reset-at: 24:00 } | counting.reset-at: got '24:00', allowed is a time of the day from 00:00 to 23:59",
                "counting: { time-zone: Europe/Berln } | counting.time-zone: got 'Europe/Berln', allowed is a time zone, for example UTC or Europe/Berlin, did you mean 'Europe/Berlin'",
                "hub: { id: Site 7 } | hub.id: got 'Site 7', allowed are 1 to 63",
                "hub: { public-url: hub.example.com } | hub.public-url: got 'hub.example.com', allowed is an address like https",
                "store: { url: 'jdbc:mysql://x/y' } | store.url: got 'jdbc:mysql://x/y', allowed is jdbc:postgresql",
                "store: { url: 'jdbc:postgresql://x/y?password=s3cret-value' } | store.url: got something that is not shown, allowed is jdbc:postgresql",
                "store: { password: '${NOT_SET}' } | store.password: ${NOT_SET}: the environment variable NOT_SET is not set",
                "store: { password: '${file:../x}' } | store.password: got '${file:../x}', allowed are ${ENVIRONMENT_VARIABLE} and ${file:name}",
                "store: { password: yes } | store.password: got something that is not shown, allowed is a text; YAML takes this word for something else",
                "store: { username: null } | store.username: got 'null', allowed is a text; YAML takes this word",
                "cameras: { a: { uri: '0.0.0.0', location: x } } | cameras.a.uri: got '0.0.0.0', allowed are demo:, file:",
                "cameras: { a: { uri: 'rtsp://joe:s3cret-value@', location: x } } | cameras.a.uri: got 'rtsp://***@', allowed is an address like rtsp",
                "camera-defaults: { uri: x } | camera-defaults: unknown key 'uri', allowed are username, password, enabled",
                "sinks: {} | sightline: unknown key 'sinks', allowed are hub, ports",
            })
    void shouldRefuse(String line, String problem) {
        assertThat(problems("sightline:\n  " + line + "\n"))
                .anySatisfy(told -> assertThat(told).startsWith("2: " + problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: onnx, model: 'https://example.com/a.onnx' | model: got an address, allowed is one with 'sha256' beside",
                "type: onnx, model: 'http://example.com/a.onnx?s3cret-value', sha256: 00 | model: got something that is not shown, allowed are https: addresses",
                "type: onnx, model: 'https://example.com/a.onnx', sha256: 12 | sha256: got '12', allowed are the 64 hexadecimal digits",
                "type: onnx, model: tiny.onnx, sha256: 12 | sha256: got '12', allowed is a hash where 'model' is an address",
                "type: onnx, model: tiny.onnx, network: tiny.onnx | network: got a value, allowed with the type caffe only",
                "type: caffe, model: tiny.onnx | 'network' is missing, a detector of the type caffe needs one",
                "type: hog, input: { scale: 0-1 } | input: got a value, allowed with the type caffe or onnx only",
                "type: hog, provider: cuda | provider: got a value, allowed with the type onnx only",
                "type: onnx, model: tiny.onnx, decoder: yolo3 | decoder: got 'yolo3', allowed are auto, yolox",
                "type: onnx, model: tiny.onnx, input: { size: 640 } | input: size: got '640', allowed are auto and width x height",
                "type: onnx, model: tiny.onnx, input: { mean: [1, 2] } | input.mean: allowed are one or three numbers",
                "type: onnx, model: tiny.onnx, input: { std: 0 } | input: std: got [0.0], allowed are numbers other than 0",
                "type: onnx, model: tiny.onnx, labels: coco80 | labels: got 'coco80', allowed is a file that can be read",
            })
    void shouldRefuseBadDetector(String detector, String problem) {
        assertThat(problems("sightline:\n  detectors: { d: { " + detector + " } }\n"))
                .hasSize(1)
                .first()
                .asString()
                .contains("detectors.d")
                .contains(problem);
    }

    @Test
    void shouldKnowTheDecodersOfTheEngine() {
        var setting = DetectorSettings.class.getRecordComponents()[6].getAnnotation(Setting.class);

        assertThat(setting.oneOf()).containsExactlyElementsOf(Detectors.decoders());
    }

    @Test
    void shouldTakeLoginOutOfAddress() throws IOException {
        var camera = load(DETECTOR
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

        var settings = load(DETECTOR + "  camera-defaults: { detector: people, detect-fps: 2 }\n" + cameras);

        assertThat(settings.cameras().get("a").detectFps()).isEqualTo(2);
        assertThat(settings.cameras().get("b").detectFps()).isEqualTo(1);
        assertThat(problems(DETECTOR + "  camera-defaults: { detector: people, loop: maybe }\n" + cameras))
                .containsExactly("3: camera-defaults.loop: got 'maybe', allowed is true or false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1: the file is empty",
                "'# only words' | 1: the file is empty",
                "'sightline:\\n\\tports: {}' | 2: this is no YAML: got a tab, allowed are spaces for indentation",
                "'sightline: {' | 1: this is no YAML: while parsing a flow",
                "'cameras: {}' | 1: unknown key 'cameras', allowed are sightline",
                "'- a' | 1: ",
                "'sightline: {}\\n---\\nsightline: {}' | 2: this is no YAML",
                "'sightline:\\n  hub: &a { id: x }' | 2: anchors (&) and aliases (*) are not allowed",
                "'sightline:\\n  hub: { id: \"a\\0b\" }' | 2: got the character 0x0, which YAML does not allow",
            })
    void shouldRefuseWhatIsNoSettingsFile(String text, String problem) {
        assertThat(problems(text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0")))
                .first()
                .asString()
                .startsWith(problem);
    }

    @Test
    void shouldRefuseHostileFiles() throws IOException {
        assertThat(problems("a: " + "[".repeat(100_000)))
                .first()
                .asString()
                .startsWith("1: nested deeper than 50 levels");
        assertThat(problems("a: " + "x".repeat(10 << 20)))
                .containsExactly("1: the file is larger than 1 MiB, which is the most that is allowed");
        assertThat(problems("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"))
                .first()
                .asString()
                .startsWith("1: anchors");
        Files.write(file, "sightline:\n  hub: { id: caf\u00e9 }".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(FileProblems.class, () -> SettingsLoader.load(folder))
                        .getMessage())
                .isEqualTo(file + ":2: got bytes that are not UTF-8; save the file as UTF-8");
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNoFile() {
        var refused = catchThrowableOfType(FileProblems.class, () -> SettingsLoader.load(folder));

        assertThat(refused.getMessage())
                .isEqualTo(file + ":1: there is no such file; write 'sightline: {}' into it for a hub without cameras");
    }

    @Test
    void shouldAcceptShippedFile() {
        assertThat(SettingsLoader.load(Path.of("../config")).cameras()).containsOnlyKeys("demo");
    }
}
