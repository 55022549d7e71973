package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.hub.files.FileProblems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration that cannot be used is answered. */
class SettingsRefusalTest {
    @TempDir
    Path folder;

    private SettingsFolder settingsFolder;

    @BeforeEach
    void start() throws IOException {
        settingsFolder = new SettingsFolder(folder);
    }

    @Test
    void shouldRefuseClipsOfASourceThatHasNoVideo() throws IOException {
        assertThat(settingsFolder.problems(SettingsFolder.DETECTOR + """
                  cameras:
                    demo:
                      uri: "demo:crossing"
                      detector: people
                      clips: { enabled: true }
                    web: { uri: "http://192.0.2.10/mjpeg", detector: people, clips: { enabled: true } }
                    gate: { uri: rtsp://192.0.2.10/a, detector: people, clips: { before: 30s, after: 30s, longest: 1m } }
                """))
                .satisfiesExactly(
                        demo -> assertThat(demo).contains("cameras.demo.clips: got enabled for 'demo:crossing'"),
                        web -> assertThat(web).contains("cameras.web.clips: got enabled for 'http:"),
                        gate -> assertThat(gate).contains("cameras.gate.clips: longest: got 60 s"));
        var byDefault = settingsFolder.load(SettingsFolder.DETECTOR + """
                  camera-defaults: { clips: { enabled: true } }
                  cameras:
                    demo: { uri: "demo:crossing", detector: people }
                    web: { uri: "http://192.0.2.10/a", detector: people, streams: { record: "rtsp://192.0.2.10/a" } }
                """);
        assertThat(byDefault.cameras().get("demo").clips().enabled()).isTrue();
    }

    @Test
    void shouldTellEveryProblemAtOnce() {
        assertThat(settingsFolder.problems("""
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
                        "8: cameras.demo: unknown key 'detcetor', allowed are name, location, uri, streams, username, password,"
                                + " enabled, detector, detect-fps, decode, transport, tls-verify, tls-pin, tls-ca-file, loop, realtime, silence-limit,"
                                + " frozen-limit, require, update-interval, priority, motion, usb, folder-done, clips, zones, lines, filters, masks, ground, near-miss, privacy, did you mean 'detector'",
                        "9: cameras.Gate.detector: got 'poeple', allowed is an id of sightline.detectors; configured are"
                                + " people, cars, bare, did you mean 'people'",
                        "9: cameras.Gate.enabled: got 'yes', allowed is true or false",
                        "9: cameras.Gate.uri: got 'rtps://192.0.2.10/a', allowed are demo:, file:, folder:, v4l2:, objects:, http:, https:, rtsp: and rtsps:"
                                + " addresses, did you mean 'rtsp'",
                        "9: cameras: got the id 'Gate', allowed are 1 to 63 of a-z, 0-9, _ and -, the first a letter or"
                                + " digit",
                        "13: cameras.yard.silence-limit: got '5', allowed is auto or a time from 500ms to 10m with a unit, for"
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
        String camera = SettingsFolder.DETECTOR
                + "  cameras: { a: { uri: demo:crossing, detector: people, zones: { z: { " + zone + " } } } }\n";

        assertThat(settingsFolder.problems(camera))
                .hasSize(1)
                .first()
                .asString()
                .contains("cameras.a.zones.z")
                .contains(problem);
    }

    @Test
    void shouldRefuseLineWithoutLength() {
        assertThat(
                        settingsFolder.problems(
                                SettingsFolder.DETECTOR
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
                "cameras: { a: { uri: 'rtsp://joe:s3cret-value/b@192.0.2.1/x' } } | cameras.a.uri: got 'rtsp://***@192.0.2.1/x', allowed is no @ behind what reads as the host: in a login / is written %2F",
                "cameras: { a: { uri: 'rtsp://joe:12/s3cret-value@192.0.2.1' } } | cameras.a.uri: got 'rtsp://***@192.0.2.1', allowed is no @ behind",
                "cameras: { a: { uri: 'rtsp://192.0.2.1/x', streams: { detect: 'rtsp://joe:12/s3cret-value@192.0.2.1' } } } | cameras.a.streams.detect: got 'rtsp://***@192.0.2.1', allowed is no @ behind",
                "cameras: { a: { uri: 'rtsp:joe:s3cret-value@192.0.2.1' } } | cameras.a.uri: got 'rtsp:***@192.0.2.1', allowed is an address like rtsp",
                "cameras: { a: { uri: 'rtsp://x:y/user=admin&password=s3cret-value&channel=1' } } | cameras.a.uri: got 'rtsp://x:y/user=admin&password=***&channel=1', allowed is an address like rtsp",
                "camera-defaults: { uri: x } | camera-defaults: unknown key 'uri', allowed are username, password, enabled",
                "camera-networks: [gate.local] | camera-networks: allowed are networks and addresses, for example",
                "camera-networks: [10.0.0.0/33] | camera-networks: allowed are networks and addresses, for example",
                "webhook-networks: [hooks.local] | webhook-networks: allowed are networks and addresses, for example",
                "inbound-webhooks: { a: {} } | inbound-webhooks.a: 'secret' is missing",
                "inbound-webhooks: { a: { secret: short } } | inbound-webhooks.a: secret: allowed is whsec_ and 24",
                "inbound-webhooks: { a: { secret: whsec_AAAA } } | inbound-webhooks.a: secret: allowed is whsec_ and 24",
                "inbound-webhooks: { a: { scheme: github, secret: short } } | inbound-webhooks.a: secret: got 5 characters",
                "inbound-webhooks: { a: { scheme: gitlab, secret: short } } | inbound-webhooks.a.scheme: got 'gitlab', allowed",
                "inbound-webhooks: { A: { secret: short } } | inbound-webhooks: got the id 'A', allowed are 1 to 63",
                "camera-networks: [] | camera-networks: allowed are networks and addresses, for example",
                "cameras: { a: { uri: 'rtsps://192.0.2.1/x', tls-pin: abc } } | cameras.a.tls-pin: got 'abc', allowed is the SHA-256",
                "cameras: { a: { uri: 'rtsps://192.0.2.1/x', tls-pin: abc, tls-verify: false } } | cameras.a.tls-pin: got a pin and tls-verify: false",
                "cameras: { a: { uri: 'rtsp://192.0.2.1/x', tls-verify: false } } | cameras.a.tls-verify: got 'false' where no address of the camera is encrypted, allowed is this key beside rtsps:",
                "cameras: { a: { uri: 'http://192.0.2.1/x', tls-ca-file: x.pem } } | cameras.a.tls-ca-file: got 'x.pem' where no address",
                "cameras: { a: { uri: 'rtsp://192.0.2.1/PATH-OF-ITS-SMALL-STREAM' } } | cameras.a.uri: got 'rtsp://192.0.2.1/PATH-OF-ITS-SMALL-STREAM', allowed is the address with the camera's own path",
                "signals: {} | sightline: unknown key 'signals', allowed are hub, ports",
            })
    void shouldRefuse(String line, String problem) {
        assertThat(settingsFolder.problems("sightline:\n  " + line + "\n"))
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
                "type: onnx, model: tiny.onnx, provider: coreml, device: 1 | device: got '1', allowed is 0 with the provider coreml",
                "type: hog, provider: cuda | provider: got a value, allowed with the type onnx only",
                "type: onnx, model: tiny.onnx, decoder: yolo3 | decoder: got 'yolo3', allowed are auto, detr, ssd, yolov10",
                "type: onnx, model: tiny.onnx, input: { size: 640 } | input: size: got '640', allowed are auto and width x height",
                "type: onnx, model: tiny.onnx, input: { mean: [1, 2] } | input.mean: allowed are one or three numbers",
                "type: onnx, model: tiny.onnx, input: { std: 0 } | input: std: got [0.0], allowed are numbers other than 0",
                "type: onnx, model: tiny.onnx, labels: coco80 | labels: got 'coco80', allowed is a file that can be read",
            })
    void shouldRefuseBadDetector(String detector, String problem) {
        assertThat(settingsFolder.problems("sightline:\n  detectors: { d: { " + detector + " } }\n"))
                .hasSize(1)
                .first()
                .asString()
                .contains("detectors.d")
                .contains(problem);
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
        assertThat(settingsFolder.problems(
                        text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0")))
                .first()
                .asString()
                .startsWith(problem);
    }

    @Test
    void shouldRefuseHostileFiles() throws IOException {
        assertThat(settingsFolder.problems("a: " + "[".repeat(100_000)))
                .first()
                .asString()
                .startsWith("1: nested deeper than 50 levels");
        assertThat(settingsFolder.problems("a: " + "x".repeat(10 << 20)))
                .containsExactly("1: the file is larger than 1 MiB, which is the most that is allowed");
        assertThat(settingsFolder.problems("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"))
                .first()
                .asString()
                .startsWith("1: anchors");
        Files.write(settingsFolder.file, "sightline:\n  hub: { id: caf\u00e9 }".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(FileProblems.class, () -> SettingsLoader.load(folder))
                        .getMessage())
                .isEqualTo(settingsFolder.file + ":2: got bytes that are not UTF-8; save the file as UTF-8");
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNoFile() {
        var refused = catchThrowableOfType(FileProblems.class, () -> SettingsLoader.load(folder));

        assertThat(refused.getMessage())
                .isEqualTo(settingsFolder.file
                        + ":1: there is no such file; write 'sightline: {}' into it for a hub without cameras");
    }
}
