package io.sightline.hub.api;

import static io.sightline.hub.api.RestCalls.assertProblem;
import static io.sightline.hub.api.RestCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.console.RunningHub;
import io.sightline.hub.counts.EventCounter;
import io.sightline.hub.security.Role;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.store.SnapshotFiles;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts and evidence of what was published, through REST. */
class CountsIT {
    private static final String ID = "01938f6e-7c1a-7b6e-8d2f-3b1a5c9e4f21";
    private static final byte[] WHOLE = {1, 2, 3};
    private static final byte[] PART = {2};

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static RestCalls calls;
    private static String admin;
    private static String viewer;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder);
        calls = new RestCalls(hub);
        admin = "Bearer " + hub.token();
        calls.addAccount(Role.VIEWER, admin);
        viewer = calls.login("viewer-one", RestCalls.PASSWORD);
        publish(Event.Kind.DETECTION, "detection.started", detection());
        publish(Event.Kind.SCENE, "zone.entered", scene("zone", "crossing"));
        publish(Event.Kind.SCENE, "line.crossed", scene("line", "kerb"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> json(calls.ask("GET", "/api/v1/counts?label=robot", viewer, null))
                                .path("counts")
                                .size()
                        == 3);
    }

    private static void publish(Event.Kind kind, String type, Map<String, Object> data) {
        hub.bean(EventPublisher.class)
                .publish(new Event(kind, "gate", "io.sightline." + type, Instant.now(), data, ID));
    }

    private static Map<String, Object> detection() throws IOException {
        SnapshotFiles files = hub.bean(SnapshotFiles.class);
        var data = new HashMap<String, Object>(Map.of(
                "id",
                ID,
                "camera_id",
                "gate",
                "type",
                "robot",
                "confidence",
                0.9,
                "started_at",
                Instant.now().toString()));
        data.put("bounding_box", Map.of("x", 1, "y", 2, "width", 3, "height", 4));
        data.put("configuration", Map.of("revision", "00"));
        data.put("snapshot", Map.of("href", "x", "sha256", files.write(WHOLE)));
        data.put("crop", Map.of("href", "x", "sha256", files.write(PART)));
        return data;
    }

    private static Map<String, Object> scene(String kind, String name) {
        return Map.of("detection_id", ID, "camera_id", "gate", "type", "robot", kind, name, "direction", "a-to-b");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldTellCountsOfNow() throws Exception {
        var counts = json(calls.ask("GET", "/api/v1/counts?label=robot", viewer, null))
                .path("counts");

        assertThat(counts)
                .extracting(one ->
                        one.path("kind").asText() + " " + one.path("name").asText())
                .containsExactly("camera gate", "zone crossing", "line kerb");
        assertThat(counts).allSatisfy(one -> {
            assertThat(one.path("camera_id").asText()).isEqualTo("gate");
            assertThat(one.path("current").isInt()).isTrue();
            assertThat(one.path("out").asInt()).isZero();
            assertThat(one.has("reset_at")).isTrue();
        });
        assertThat(counts.path(0).path("current").asInt()).isEqualTo(1);
        assertThat(json(calls.ask("GET", "/api/v1/counts?camera_id=other", viewer, null))
                        .path("counts"))
                .isEmpty();
        assertThat(hub.bean(EventCounter.class).present("gate")).isPositive();
    }

    @Test
    void shouldTellTheHistoryByHourAndDay() throws Exception {
        var hours = json(calls.ask("GET", "/api/v1/counts/history?kind=camera&label=robot", viewer, null));
        var days = json(calls.ask(
                "GET",
                "/api/v1/counts/history?label=robot&kind=zone&bucket=day&time_zone=Asia%2FKathmandu",
                viewer,
                null));

        assertThat(hours.path("bucket").asText()).isEqualTo("hour");
        assertThat(hours.path("time_zone").asText()).isEqualTo("UTC");
        assertThat(hours.path("history").path(0).path("start").asText()).endsWith(":00:00Z");
        assertThat(hours.path("history").path(0).path("peak").asInt()).isPositive();
        assertThat(days.path("time_zone").asText()).isEqualTo("Asia/Kathmandu");
        assertThat(days.path("history").path(0).path("start").asText()).endsWith("T18:15:00Z");
        assertThat(days.path("history").path(0).path("in").asInt()).isPositive();
    }

    @Test
    void shouldResetForOperatorsOnly() throws Exception {
        assertThat(calls.ask("POST", "/api/v1/counts/reset", viewer, "{}").statusCode())
                .isEqualTo(403);

        var reset = json(calls.ask(
                "POST", "/api/v1/counts/reset", admin, "{\"camera_id\":\"gate\",\"kind\":\"line\",\"name\":\"kerb\"}"));

        assertThat(reset.path("reset").asInt()).isPositive();
        assertThat(json(calls.ask("GET", "/api/v1/counts?kind=line", viewer, null))
                        .path("counts"))
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count.path("reset_at").asText())
                        .isEqualTo(reset.path("reset_at").asText()));
        assertThat(json(calls.ask("POST", "/api/v1/counts/reset", admin, "{\"camera_id\":\"other\"}"))
                        .path("reset")
                        .asInt())
                .isZero();
    }

    @Test
    void shouldAnswerBadInputWithProblems() throws Exception {
        for (String path : new String[] {
            "/api/v1/counts?kind=door",
            "/api/v1/counts?camera_id=A+B",
            "/api/v1/counts?kind=zone&kind=line",
            "/api/v1/counts/history?bucket=week",
            "/api/v1/counts/history?start_time=yesterday",
            "/api/v1/counts/history?time_zone=Mars%2FPhobos",
            "/api/v1/counts/history?start_time=2026-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z",
            "/api/v1/counts/history?start_time=2020-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z",
        }) {
            assertProblem(calls.ask("GET", path, viewer, null), 400);
        }
        for (String body : new String[] {
            "{\"name\":\"kerb\"}", "{\"kind\":\"door\"}", "{\"camera\":\"gate\"}", "[]", "{", "{\"label\":\"\"}"
        }) {
            assertProblem(calls.ask("POST", "/api/v1/counts/reset", admin, body), 400);
        }
    }

    @Test
    void shouldServeThePictureOfADetectionAndWhatWasCutFromIt() throws Exception {
        var found = json(calls.ask("GET", "/api/v1/detections/" + ID, viewer, null));

        assertThat(bytes("/api/v1/detections/" + ID + "/snapshot")).isEqualTo(WHOLE);
        assertThat(bytes("/api/v1/detections/" + ID + "/crop")).isEqualTo(PART);
        assertThat(bytes(
                        "/api/v1/snapshots/" + found.path("crop").path("sha256").asText() + ".jpg"))
                .isEqualTo(PART);
        assertThat(found.path("configuration").path("revision").asText()).isEqualTo("00");
        assertThat(calls.ask("GET", "/api/v1/detections/01938f6e-7c1a-7b6e-8d2f-3b1a5c9e4f20/crop", viewer, null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldKnowTheRevisionOfItsSettings() throws Exception {
        byte[] file = Files.readAllBytes(folder.resolve("config/sightline.yaml"));
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));

        assertThat(hub.bean(SettingsFile.class).current().revision()).isEqualTo(sha256);
    }

    private static byte[] bytes(String path) throws Exception {
        var request = HttpRequest.newBuilder(hub.at(path)).header("Authorization", viewer);
        return calls.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
}
