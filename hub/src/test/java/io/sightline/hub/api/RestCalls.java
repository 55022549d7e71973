package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.security.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks a running hub over HTTP and reads what it answers. */
final class RestCalls {
    /** Of the accounts that {@link #addAccount} makes. */
    static final String PASSWORD = "password-of-one";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningHub hub;

    RestCalls(RunningHub hub) {
        this.hub = hub;
    }

    /** Makes an account with one role, named after it: {@code viewer-one}. */
    void addAccount(Role role, String authorization) throws Exception {
        var account = Map.of("username", role.word() + "-one", "password", PASSWORD, "roles", List.of(role.word()));
        assertThat(ask("POST", "/api/v1/users", authorization, JSON.writeValueAsString(account))
                        .statusCode())
                .isEqualTo(201);
    }

    /** What belongs into the header {@code Authorization} of who logs in. */
    String login(String name, String password) throws Exception {
        String body = JSON.writeValueAsString(Map.of("username", name, "password", password));
        return "Bearer "
                + json(ask("POST", "/api/v1/auth/login", null, body))
                        .path("access_token")
                        .asText();
    }

    /** @param authorization null for an anonymous caller
     *  @param body JSON, null for none */
    HttpResponse<String> ask(String method, String path, String authorization, String body) throws Exception {
        var request = HttpRequest.newBuilder(hub.at(path)).timeout(Duration.ofSeconds(20));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws Exception {
        return http.send(request.build(), handler);
    }

    /** Opens the socket of the events.
     *
     *  @param login name and value of the header that says who asks */
    WebSocket follow(String query, Map.Entry<String, String> login, WebSocket.Listener listener) throws Exception {
        URI at = URI.create(hub.at("/api/v1/ws/events" + query).toString().replaceFirst("http", "ws"));
        return http.newWebSocketBuilder()
                .header(login.getKey(), login.getValue())
                .buildAsync(at, listener)
                .get(10, TimeUnit.SECONDS);
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    static void assertProblem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.uri() + " " + answer.body())
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = json(answer);
        assertThat(problem.path("error_id").asText()).hasSize(36);
        assertThat(answer.body()).doesNotContain("Exception", "at org.", "at io.", "java.");
    }
}
