package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.counts.EventCounter;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.store.SnapshotFiles;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import java.io.IOException;
import java.net.http.HttpClient;
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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String ID = "01938f6e-7c1a-7b6e-8d2f-3b1a5c9e4f21";
    private static final byte[] WHOLE = {1, 2, 3};
    private static final byte[] PART = {2};

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static String admin;
    private static String viewer;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder);
        admin = "Bearer " + hub.token();
        String account = JSON.writeValueAsString(
                Map.of("username", "viewer-one", "password", "password-of-one", "roles", new String[] {"viewer"}));
        assertThat(ask("POST", "/users", admin, account).statusCode()).isEqualTo(201);
        String login = JSON.writeValueAsString(Map.of("username", "viewer-one", "password", "password-of-one"));
        viewer = "Bearer "
                + json(ask("POST", "/auth/login", null, login))
                        .path("access_token")
                        .asText();
        publish(Event.Kind.DETECTION, "detection.started", detection());
        publish(Event.Kind.SCENE, "zone.entered", scene("zone", "crossing"));
        publish(Event.Kind.SCENE, "line.crossed", scene("line", "kerb"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> json(ask("GET", "/counts?label=robot", viewer, null))
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
        var counts = json(ask("GET", "/counts?label=robot", viewer, null)).path("counts");

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
        assertThat(json(ask("GET", "/counts?camera_id=other", viewer, null)).path("counts"))
                .isEmpty();
        assertThat(hub.bean(EventCounter.class).present("gate")).isPositive();
    }

    @Test
    void shouldTellTheHistoryByHourAndDay() throws Exception {
        var hours = json(ask("GET", "/counts/history?kind=camera&label=robot", viewer, null));
        var days = json(ask(
                "GET", "/counts/history?label=robot&kind=zone&bucket=day&time_zone=Asia%2FKathmandu", viewer, null));

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
        assertThat(ask("POST", "/counts/reset", viewer, "{}").statusCode()).isEqualTo(403);

        var reset = json(
                ask("POST", "/counts/reset", admin, "{\"camera_id\":\"gate\",\"kind\":\"line\",\"name\":\"kerb\"}"));

        assertThat(reset.path("reset").asInt()).isPositive();
        assertThat(json(ask("GET", "/counts?kind=line", viewer, null)).path("counts"))
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count.path("reset_at").asText())
                        .isEqualTo(reset.path("reset_at").asText()));
        assertThat(json(ask("POST", "/counts/reset", admin, "{\"camera_id\":\"other\"}"))
                        .path("reset")
                        .asInt())
                .isZero();
    }

    @Test
    void shouldAnswerBadInputWithProblems() throws Exception {
        for (String path : new String[] {
            "/counts?kind=door",
            "/counts?camera_id=A+B",
            "/counts?kind=zone&kind=line",
            "/counts/history?bucket=week",
            "/counts/history?start_time=yesterday",
            "/counts/history?time_zone=Mars%2FPhobos",
            "/counts/history?start_time=2026-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z",
            "/counts/history?start_time=2020-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z",
        }) {
            assertProblem(ask("GET", path, viewer, null));
        }
        for (String body : new String[] {
            "{\"name\":\"kerb\"}", "{\"kind\":\"door\"}", "{\"camera\":\"gate\"}", "[]", "{", "{\"label\":\"\"}"
        }) {
            assertProblem(ask("POST", "/counts/reset", admin, body));
        }
    }

    @Test
    void shouldServeThePictureOfADetectionAndWhatWasCutFromIt() throws Exception {
        var found = json(ask("GET", "/detections/" + ID, viewer, null));

        assertThat(bytes("/detections/" + ID + "/snapshot")).isEqualTo(WHOLE);
        assertThat(bytes("/detections/" + ID + "/crop")).isEqualTo(PART);
        assertThat(bytes("/snapshots/" + found.path("crop").path("sha256").asText() + ".jpg"))
                .isEqualTo(PART);
        assertThat(found.path("configuration").path("revision").asText()).isEqualTo("00");
        assertThat(ask("GET", "/detections/01938f6e-7c1a-7b6e-8d2f-3b1a5c9e4f20/crop", viewer, null)
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
        var request = HttpRequest.newBuilder(hub.at("/api/v1" + path))
                .header("Authorization", viewer)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    private static HttpResponse<String> ask(String method, String path, String authorization, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(hub.at("/api/v1" + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        var content = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return HTTP.send(request.method(method, content).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(400);
        assertThat(json(answer).path("error_id").asText()).hasSize(36);
        assertThat(answer.body()).doesNotContain("Exception", "java.");
    }
}
