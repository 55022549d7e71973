package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.hub.console.RunningHub;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras come, go and change through REST while the hub runs. */
class ConfigurationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CAMERAS = "/api/v1/cameras";
    private static final String REVISIONS = "/api/v1/configuration/revisions";
    private static final String DRAWN = "{\"uri\":\"demo:crossing\",\"detector\":\"people\",\"detect-fps\":1}";
    private static final int MANY = 40;

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static RestCalls calls;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder, """
                # kept
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  camera-networks: [127.0.0.0/8]
                  detectors:
                    people: { type: motion }
                  cameras:
                    gate: { name: Main gate, uri: demo:crossing, detector: people, detect-fps: 1 }   # kept, too
                """);
        calls = new RestCalls(hub);
        admin = "Bearer " + hub.token();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldChangeZonesOfACameraThatGoesOn() throws Exception {
        // Given
        var seen = calls.ask("GET", CAMERAS + "/gate/configuration", admin, null);
        String etag = seen.headers().firstValue("ETag").orElseThrow();
        ObjectNode wanted = (ObjectNode) JSON.readTree(seen.body());
        wanted.set(
                "zones",
                JSON.readTree("{\"door\":{\"polygon\":[[0.1,0.1],[0.9,0.1],[0.5,0.912345]],\"min-dwell\":\"2s\"}}"));
        await().atMost(Duration.ofSeconds(30)).until(() -> figure("gate", "frames_handled") > 0);
        long handled = figure("gate", "frames_handled");
        // When
        var changed = send("PUT", CAMERAS + "/gate/configuration", wanted.toString(), etag);
        // Then
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(JSON.readTree(changed.body())).isEqualTo(wanted);
        assertThat(changed.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(etag);
        assertThat(text())
                .contains("# kept\n", "# kept, too\n")
                .contains("zones: { door: { polygon: [[0.1, 0.1], [0.9, 0.1], [0.5, 0.912345]], min-dwell: 2s } }");
        assertThat(figure("gate", "frames_handled")).isGreaterThanOrEqualTo(handled); // the same connection
        assertThat(send("PUT", CAMERAS + "/gate", wanted.toString(), etag).statusCode())
                .isEqualTo(412);
        assertThat(send("DELETE", CAMERAS + "/gate", null, etag).statusCode()).isEqualTo(412);
    }

    @Test
    void shouldTellEachProblemAtItsKey() throws Exception {
        var refused = send(
                "POST",
                CAMERAS,
                "{\"id\":\"bad\",\"uri\":\"http:x\",\"detector\":\"peopl\",\"zones\":{\"z\":{\"polygon\":[[0,0],[1,1],[1,0],[0,1]]}}}",
                null);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(refused.body());
        assertThat(problem.path("problems").findValuesAsText("path"))
                .containsExactlyInAnyOrder("uri", "detector", "zones.z.polygon");
        assertThat(problem.path("detail").asText()).contains("did you mean 'people'");
        assertThat(text()).doesNotContain("bad");
        for (String body : List.of(
                "[]", "{", "{\"id\":\"Bad id\"}", "{\"uri\":\"demo:crossing\"}", "{\"id\":\"a\",\"id\":\"b\"}")) {
            assertThat(send("POST", CAMERAS, body, null).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(send("POST", CAMERAS, DRAWN.replace("{", "{\"id\":\"gate\","), null)
                        .statusCode())
                .isEqualTo(409);
        assertThat(send("PUT", CAMERAS + "/none", DRAWN, null).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", CAMERAS + "/none", null, null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNeverGiveBackAPassword() throws Exception {
        // When
        var made = send(
                "POST",
                CAMERAS,
                "{\"id\":\"locked\",\"uri\":\"rtsp://127.0.0.1:1/x\",\"username\":\"hub\",\"password\":\"s3cret-word\",\"detector\":\"people\"}",
                null);
        // Then
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(CAMERAS + "/locked");
        assertThat(JSON.readTree(made.body()).get("password").isNull()).isTrue();
        assertThat(text()).contains("locked").doesNotContain("s3cret-word");
        String newest = calls.ask("GET", REVISIONS, admin, null).body();
        String id = JSON.readTree(newest).at("/revisions/0/id").asText();
        assertThat(newest + calls.ask("GET", REVISIONS + "/" + id, admin, null).body())
                .contains("cameras.locked")
                .doesNotContain("s3cret-word");
        // When
        assertThat(send("DELETE", CAMERAS + "/locked", null, null).statusCode()).isEqualTo(204);
        // Then
        assertThat(calls.ask("GET", CAMERAS + "/locked", admin, null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldGoBackToARevision() throws Exception {
        // Given
        String before = calls.ask("GET", REVISIONS, admin, null).body();
        String id = JSON.readTree(before).at("/revisions/0/id").asText();
        assertThat(JSON.readTree(before).at("/revisions/0/current").asBoolean()).isTrue();
        create("passing");
        // When
        var restored = send("POST", REVISIONS + "/" + id + "/restore", null, null);
        // Then
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(JSON.readTree(restored.body()).path("restored").asText()).isEqualTo(id);
        assertThat(JSON.readTree(restored.body()).path("by").asText()).isEqualTo("admin");
        assertThat(calls.ask("GET", CAMERAS + "/passing", admin, null).statusCode())
                .isEqualTo(404);
        assertThat(send("POST", REVISIONS + "/999/restore", null, null).statusCode())
                .isEqualTo(404);
        assertThat(send("POST", REVISIONS + "/x/restore", null, null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldTakeTwoChangesAtOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<HttpResponse<String>>> both = List.of(() -> create("left"), () -> create("right"));
            for (var answer : threads.invokeAll(both)) {
                assertThat(answer.get().statusCode()).isEqualTo(201);
            }
            both = List.of(
                    () -> send("PUT", CAMERAS + "/left", DRAWN.replace("}", ",\"name\":\"L\"}"), null),
                    () -> send("DELETE", CAMERAS + "/right", null, null));
            for (var answer : threads.invokeAll(both)) {
                assertThat(answer.get().statusCode()).isLessThan(300);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(text()).contains("name: L").doesNotContain("right");
        send("DELETE", CAMERAS + "/left", null, null);
    }

    @Test
    void shouldRemoveACameraThatStillConnectsAndTakeItsIdAgain() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(30_000);
            // Given: somebody who listens and never answers
            String uri = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/x";
            assertThat(send("POST", CAMERAS, "{\"id\":\"slow\",\"uri\":\"" + uri + "\",\"detector\":\"people\"}", null)
                            .statusCode())
                    .isEqualTo(201);
            var held = silent.accept();
            // When
            assertThat(send("DELETE", CAMERAS + "/slow", null, null).statusCode())
                    .isEqualTo(204);
            held.close();
            assertThat(create("slow").statusCode()).isEqualTo(201);
        }
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> figure("slow", "frames_handled") > 0);
        assertThat(camera("slow").path("state").asText()).isEqualTo("ONLINE");
        send("DELETE", CAMERAS + "/slow", null, null);
    }

    @Test
    void shouldTakeManyCamerasOneAfterTheOther() throws Exception {
        // When
        var made = new ArrayList<String>();
        for (int i = 0; i < MANY; i++) {
            String id = "many-" + i;
            var answer = send(
                    "POST",
                    CAMERAS,
                    DRAWN.replace("}", ",\"enabled\":" + (i % 4 == 0) + "}").replace("{", "{\"id\":\"" + id + "\","),
                    null);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            made.add(id);
        }
        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> figure("many-36", "frames_handled") > 0);
        JsonNode all = JSON.readTree(calls.ask("GET", CAMERAS, admin, null).body());
        assertThat(all.path("cameras").findValuesAsText("id")).containsAll(made);
        for (String id : made) {
            assertThat(send("DELETE", CAMERAS + "/" + id, null, null).statusCode())
                    .isEqualTo(204);
        }
        assertThat(text()).doesNotContain("many-").doesNotContain("\n\n");
    }

    private static HttpResponse<String> create(String id) throws Exception {
        return send("POST", CAMERAS, DRAWN.replace("{", "{\"id\":\"" + id + "\","), null);
    }

    private static HttpResponse<String> send(String method, String path, String body, String ifMatch) throws Exception {
        var request = HttpRequest.newBuilder(hub.at(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", admin);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return calls.send(request.method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode camera(String id) throws Exception {
        return JSON.readTree(calls.ask("GET", CAMERAS + "/" + id, admin, null).body());
    }

    private static long figure(String id, String name) throws Exception {
        return camera(id).path("figures").path(name).asLong();
    }

    private static String text() throws Exception {
        return Files.readString(folder.resolve("config/sightline.yaml"));
    }
}
