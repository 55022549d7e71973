package io.sightline.hub.api;

import static io.sightline.hub.api.RestCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.hub.console.RunningHub;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a login is good for before its first password is changed, and after it is over. */
@Timeout(120)
class SessionRulesIT {
    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static RestCalls calls;
    private static String first;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder);
        calls = new RestCalls(hub);
        first = calls.login("admin", hub.initialPassword());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldAnswerWhoTakesNothingButJson() throws Exception {
        for (String path : List.of("/cameras", "/auth/me", "/detections", "/integrations", "/health", "/users")) {
            var answer = calls.send(
                    get("/api/v1" + path).header("Authorization", first).header("Accept", "application/json"));
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        }
    }

    @Test
    void shouldLetPagesDoNothingBeforeTheFirstPasswordIsChanged() throws Exception {
        // Given
        var login = calls.send(HttpRequest.newBuilder(hub.at("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", "")
                .POST(RunningHub.body(Map.of("username", "admin", "password", hub.initialPassword()))));
        List<String> set = login.headers().allValues("Set-Cookie");
        String cookies = set.get(0).split(";")[0] + "; " + set.get(1).split(";")[0];
        String token = set.get(1).split(";")[0].split("=", 2)[1];
        // When
        var refused = calls.send(get("/api/v1/cameras").header("Cookie", cookies));
        var page = calls.send(get("/").header("Cookie", cookies).header("Accept", "text/html"));
        var management = calls.send(
                HttpRequest.newBuilder(hub.onManagement("/actuator/health")).header("Cookie", cookies));
        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("detail").asText()).contains("password");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValue("/login");
        assertThat(management.statusCode()).isEqualTo(403);
        for (String path : List.of("/api/v1/auth/me", "/api/v1/health", "/login")) {
            assertThat(calls.send(get(path).header("Cookie", cookies)).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        var wrong = calls.send(HttpRequest.newBuilder(hub.at("/api/v1/auth/password"))
                .header("Cookie", cookies)
                .header("X-XSRF-TOKEN", token)
                .header("Content-Type", "application/json")
                .POST(RunningHub.body(Map.of("current_password", "not-this-one", "new_password", "password-of-two"))));
        assertThat(wrong.statusCode()).isEqualTo(422);
    }

    @Test
    void shouldEndStreamAndSocketOfADeletedKey() throws Exception {
        // Given
        JsonNode made = json(
                post("/api/v1/api-keys", Map.of("name", "wall", "scopes", List.of("events:read", "cameras:read"))));
        String key = made.path("key").asText();
        var stream = calls.send(
                get("/api/v1/cameras/gate/stream").header("X-API-Key", key), HttpResponse.BodyHandlers.ofInputStream());
        var closed = follow("X-API-Key", key);
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body().readNBytes(100_000)).hasSize(100_000);
        // When
        String id = made.path("id").asText();
        assertThat(calls.send(HttpRequest.newBuilder(hub.at("/api/v1/api-keys/" + id))
                                .header("Authorization", first)
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
        // Then
        toItsEnd(stream.body());
        assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(EventSockets.LOGIN_OVER.getCode());
    }

    @Test
    void shouldEndStreamAndSocketOfWhoIsDisabled() throws Exception {
        // Given
        JsonNode anna = json(post(
                "/api/v1/users",
                Map.of("username", "anna", "password", "password-of-anna", "roles", List.of("viewer"))));
        String token = calls.login("anna", "password-of-anna");
        var stream = calls.send(
                get("/api/v1/cameras/gate/stream").header("Authorization", token),
                HttpResponse.BodyHandlers.ofInputStream());
        var closed = follow("Authorization", token);
        assertThat(stream.body().readNBytes(100_000)).hasSize(100_000);
        // When
        var disabled = calls.send(
                HttpRequest.newBuilder(hub.at("/api/v1/users/" + anna.path("id").asText()))
                        .header("Authorization", first)
                        .header("Content-Type", "application/json")
                        .PUT(RunningHub.body(Map.of("disabled", true))));
        assertThat(disabled.statusCode()).isEqualTo(200);
        // Then
        toItsEnd(stream.body());
        assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(EventSockets.LOGIN_OVER.getCode());
    }

    /** Ends by the time limit of the test if the stream does not. */
    private static void toItsEnd(InputStream stream) throws Exception {
        try (stream) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static CompletableFuture<Integer> follow(String header, String value) throws Exception {
        var closed = new CompletableFuture<Integer>();
        calls.follow("", Map.entry(header, value), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
            }
        });
        return closed;
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(hub.at(path));
    }

    private static HttpResponse<String> post(String path, Object body) throws Exception {
        return calls.send(HttpRequest.newBuilder(hub.at(path))
                .header("Authorization", first)
                .header("Content-Type", "application/json")
                .POST(RunningHub.body(body)));
    }
}
