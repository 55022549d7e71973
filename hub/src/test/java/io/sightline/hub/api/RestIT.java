package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.http.Access;
import io.sightline.hub.security.Role;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Letters;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.store.StoreProbe;
import io.sightline.processors.Event;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The whole hub, asked over HTTP by everyone who may or may not. */
class RestIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "01938f6e-7c1a-7b6e-8d2f-3b1a5c9e4f20";

    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningHub hub;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder);
        admin = "Bearer " + hub.token();
        for (Role role : Set.of(Role.VIEWER, Role.OPERATOR, Role.INTEGRATION)) {
            var account = Map.of(
                    "username", role.word() + "-one", "password", "password-of-one", "roles", List.of(role.word()));
            assertThat(ask("POST", "/api/v1/users", admin, JSON.writeValueAsString(account))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldGiveAnonymousCallersNothingButHealthAndLogin() throws Exception {
        // Given: what Spring maps, what the contract names, and what is known to lie elsewhere
        Set<String> paths = new TreeSet<>(Set.of(
                "GET /",
                "GET /index.html",
                "GET /console/main.js",
                "GET /hawtio",
                "GET /nothing",
                "GET /error",
                "GET /actuator",
                "GET /actuator/health",
                "GET /webjars/x",
                "POST /api/v1/nothing"));
        hub.bean(Contract.class).operations().forEach(one -> paths.add(one.replace(" /", " /api/v1/")));
        hub.beans(RequestMappingHandlerMapping.class).stream()
                .flatMap(mappings -> mappings.getHandlerMethods().keySet().stream())
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .forEach(path -> paths.add("GET " + path));
        // When
        List<String> open = new ArrayList<>();
        for (String one : paths) {
            String[] parts = one.split(" ", 2);
            var answer = ask(parts[0], filled(parts[1]), null, parts[0].equals("GET") ? null : "{}");
            if (answer.statusCode() != 401) {
                open.add(one + " " + answer.statusCode());
            } else {
                assertProblem(answer, 401);
            }
        }
        // Then
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "GET /api/v1/health 200", "POST /api/v1/auth/login 400", "POST /api/v1/auth/refresh 400");
        assertThat(ask("GET", "/login", null, null).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGiveAnonymousCallersNothingOnTheManagementPort() throws Exception {
        for (String path : List.of(
                "/",
                "/actuator",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/prometheus",
                "/actuator/info",
                "/actuator/hawtio",
                "/actuator/hawtio/",
                "/actuator/jolokia",
                "/actuator/jolokia/",
                "/actuator/env",
                "/hawtio",
                "/error",
                "/nothing")) {
            var answer = send(HttpRequest.newBuilder(hub.onManagement(path)).build());
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
        var page = send(HttpRequest.newBuilder(hub.onManagement("/actuator/hawtio"))
                .header("Accept", "text/html")
                .header("X-Forwarded-Host", "example.com")
                .build());
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to)
                .startsWith(hub.at("/login").toString()));
    }

    @Test
    void shouldLetEachRoleDoWhatItsRowSaysAndNothingElse() throws Exception {
        for (Role role : Set.of(Role.VIEWER, Role.OPERATOR, Role.INTEGRATION)) {
            String token = login(role.word() + "-one", "password-of-one");
            for (String operation : hub.bean(Contract.class).operations()) {
                String[] parts = operation.split(" ", 2);
                if (Set.of("/auth/logout", "/auth/login", "/auth/password", "/cameras/{id}/stream")
                        .contains(parts[1])) {
                    continue; // would end what the test uses, or never end
                }
                var answer = ask(parts[0], filled("/api/v1" + parts[1]), token, parts[0].equals("GET") ? null : "{}");
                assertThat(answer.statusCode() == 403)
                        .as(role + " " + operation + " " + answer.statusCode())
                        .isEqualTo(!Access.may(role, parts[0], "/api/v1" + parts[1]));
            }
        }
    }

    @Test
    void shouldLetAKeyDoWhatItsScopesSay() throws Exception {
        // Given
        var made = json(ask("POST", "/api/v1/api-keys", admin, "{\"name\":\"plant\",\"scopes\":[\"events:read\"]}"));
        String key = made.path("key").asText();
        // When, Then
        assertThat(withKey("/api/v1/events", key).statusCode()).isEqualTo(200);
        assertThat(withKey("/api/v1/cameras", key).statusCode()).isEqualTo(403);
        assertThat(withKey("/api/v1/events?api_key=" + key, "wrong").statusCode())
                .isEqualTo(401);
        assertThat(ask("DELETE", "/api/v1/api-keys/" + made.path("id").asText(), admin, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(withKey("/api/v1/events", key).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldAnswerBadInputWithProblems() throws Exception {
        assertProblem(ask("GET", "/api/v1/detections?page_size=0", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/detections?page_size=501", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/detections?confidence_min=high", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/detections?start_time=yesterday", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/detections?cursor=%00", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/detections/not-a-uuid", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/detections/" + ID, admin, null), 404);
        assertProblem(ask("GET", "/api/v1/cameras/nope", admin, null), 404);
        assertProblem(ask("GET", "/api/v1/snapshots/x.jpg", admin, null), 404);
        assertProblem(ask("DELETE", "/api/v1/cameras", admin, null), 405);
        assertProblem(ask("POST", "/api/v1/users", admin, "{"), 400);
        assertProblem(ask("POST", "/api/v1/users", admin, "{\"username\":\"x\"}"), 400);
        assertProblem(ask("POST", "/api/v1/users", admin, "[".repeat(65)), 400);
        assertProblem(ask("POST", "/api/v1/auth/login", null, "{\"username\":1}"), 400);
        assertProblem(ask("POST", "/api/v1/auth/login", null, " ".repeat((1 << 20) + 1)), 413);
        assertProblem(ask("GET", "/api/v1/cameras%2fx", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/cameras;a=b", admin, null), 400);
        assertProblem(ask("GET", "/api/v1/cameras", "Bearer x", null), 401);
        assertProblem(ask("GET", "/api/v1/cameras", "Basic YWRtaW46eA==", null), 401);
    }

    @Test
    void shouldNotTakeHttpHeadersForParameters() throws Exception {
        var answer = send(HttpRequest.newBuilder(hub.at("/api/v1/detections"))
                .header("Authorization", admin)
                .header("page_size", "9999")
                .header("CamelHttpResponseCode", "500")
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("page_size").asInt()).isEqualTo(50);
    }

    @Test
    void shouldKeepPagesSessionInCookiesThatNeedTheirToken() throws Exception {
        // Given
        var login = send(HttpRequest.newBuilder(hub.at("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", "")
                .POST(RunningHub.body(Map.of("username", "viewer-one", "password", "password-of-one")))
                .build());
        List<String> set = login.headers().allValues("Set-Cookie");
        assertThat(set).hasSize(2).allSatisfy(cookie -> assertThat(cookie).contains("SameSite=Strict"));
        assertThat(set.get(0)).startsWith("sightline_session=").contains("HttpOnly");
        String cookies = set.get(0).split(";")[0] + "; " + set.get(1).split(";")[0];
        String token = set.get(1).split(";")[0].split("=", 2)[1];
        // When, Then
        assertThat(withCookie("GET", "/api/v1/cameras", cookies, null).statusCode())
                .isEqualTo(200);
        assertThat(withCookie("GET", "/", cookies, null).statusCode()).isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(hub.onManagement("/actuator/health"))
                                .header("Cookie", cookies)
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(withCookie("POST", "/api/v1/auth/logout", cookies, null).statusCode())
                .isEqualTo(403);
        assertThat(withCookie("POST", "/api/v1/auth/logout", cookies, "x" + token)
                        .statusCode())
                .isEqualTo(403);
        assertThat(withCookie("POST", "/api/v1/auth/logout", cookies, token).statusCode())
                .isEqualTo(204);
        assertThat(withCookie("GET", "/api/v1/cameras", cookies, null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldFollowEventsAndResumeAfterTheLastOne() throws Exception {
        // Given
        var first = new Listener();
        WebSocket socket = follow(first, "");
        List<String> seen = new ArrayList<>();
        while (seen.size() < 3) {
            String text = first.messages.poll(60, TimeUnit.SECONDS);
            assertThat(text).as("an event in time").isNotNull();
            seen.add(JSON.readTree(text).path("id").asText());
        }
        socket.abort();
        // When
        var second = new Listener();
        follow(second, "?after=" + seen.get(0));
        // Then
        for (String expected : seen.subList(1, 3)) {
            assertThat(JSON.readTree(second.messages.poll(10, TimeUnit.SECONDS))
                            .path("id")
                            .asText())
                    .isEqualTo(expected);
        }
        var page = json(ask("GET", "/api/v1/events?limit=2", admin, null));
        assertThat(page.path("events").get(0).path("id").asText()).isEqualTo(seen.get(0));
        assertThat(page.path("next_after").asText()).isEqualTo(seen.get(1));
    }

    @Test
    void shouldServeManyViewersThoughSomeTakeNothing() throws Exception {
        // Given
        List<Socket> slow = new ArrayList<>();
        List<Socket> quick = new ArrayList<>();
        try {
            for (int i = 0; i < 25; i++) {
                slow.add(watch());
                quick.add(watch());
            }
            // When, Then: who reads gets pictures, again and again
            for (Socket one : quick) {
                assertThat(pictures(one, 3)).isTrue();
            }
            assertThat(hub.bean(PictureStreams.class).viewers()).isEqualTo(50);
            assertThat(ask("GET", "/api/v1/health", null, null).statusCode()).isEqualTo(200);
        } finally {
            for (Socket one : slow) {
                one.close();
            }
            for (Socket one : quick) {
                one.close();
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hub.bean(PictureStreams.class).viewers() == 0);
    }

    @Test
    void shouldDrawIntoAPictureWhatIsAskedFor() throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> picture("").statusCode() == 200);

        for (String overlay :
                List.of("", "?overlay=", "?overlay=boxes", "?overlay=zones", "?overlay=zones,boxes", "?overlay=none")) {
            var answer = picture(overlay);
            assertThat(answer.statusCode()).as(overlay).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("image/jpeg");
        }
        for (String overlay : List.of("?overlay=all", "?overlay=boxes,none")) {
            assertProblem(picture(overlay), 400);
        }
        assertProblem(ask("GET", "/api/v1/cameras/gate/stream?overlay=all", admin, null), 400);
    }

    private static HttpResponse<String> picture(String query) throws Exception {
        return ask("GET", "/api/v1/cameras/gate/snapshot" + query, admin, null);
    }

    @Test
    void shouldReplayAndRemoveDeadLetters() throws Exception {
        // Given
        var letters = hub.bean(DeadLetters.class);
        hub.bean(Spine.class).ensureSink("siren", Set.of(Event.Kind.ALERT), "test");
        Letters.add(letters, "{\"id\":\"1\"}", "sightline.sinks.siren");
        Letters.add(letters, "no json", "sightline.sinks.siren");
        Letters.add(letters, "{}", "sightline.sinks.gone");
        String operator = login("operator-one", "password-of-one");
        // When
        var answer = json(ask("GET", "/api/v1/dead-letters?limit=2", operator, null));
        // Then
        assertThat(answer.path("total").asInt()).isEqualTo(3);
        assertThat(answer.path("dead_letters")).hasSize(2);
        JsonNode first = answer.path("dead_letters").get(0);
        assertThat(first.path("queue").asText()).isEqualTo("sightline.sinks.siren");
        assertThat(first.path("cause").asText()).isEqualTo("no such siren");
        assertThat(first.path("attempts").asInt()).isEqualTo(10);
        assertThat(first.path("event").path("id").asText()).isEqualTo("1");
        assertThat(answer.path("dead_letters").get(1).path("event").isNull()).isTrue();
        // When, Then: each once, and a letter without a queue stays
        String one = "/api/v1/dead-letters/" + first.path("id").asText();
        assertThat(ask("POST", one + "/replay", operator, null).statusCode()).isEqualTo(204);
        assertThat(hub.bean(Spine.class).waiting("siren")).isEqualTo(1);
        assertProblem(ask("POST", one + "/replay", operator, null), 404);
        var left = json(ask("GET", "/api/v1/dead-letters", operator, null)).path("dead_letters");
        String two = "/api/v1/dead-letters/" + left.get(0).path("id").asText();
        String three = "/api/v1/dead-letters/" + left.get(1).path("id").asText();
        assertThat(ask("DELETE", two, operator, null).statusCode()).isEqualTo(204);
        assertProblem(ask("DELETE", two, operator, null), 404);
        assertProblem(ask("POST", three + "/replay", operator, null), 409);
        assertThat(ask("DELETE", three, operator, null).statusCode()).isEqualTo(204);
        assertThat(letters.count()).isZero();
        assertProblem(ask("DELETE", "/api/v1/dead-letters/x'%20OR%20TRUE", operator, null), 400);
    }

    @Test
    void shouldListAndRemoveOrphanedQueues() throws Exception {
        // Given
        var spine = hub.bean(Spine.class);
        for (String sink : List.of("left", "odd")) {
            spine.ensureSink(sink, Set.of(Event.Kind.ALERT), "test");
            spine.releaseSink(sink, "test");
        }
        String operator = login("operator-one", "password-of-one");
        // When
        var orphans = json(ask("GET", "/api/v1/orphans", operator, null)).path("orphans");
        // Then
        assertThat(orphans.findValuesAsText("name")).contains("sightline.sinks.left", "sightline.sinks.odd");
        JsonNode odd = orphans.findParents("name").stream()
                .filter(orphan -> orphan.path("name").asText().endsWith(".odd"))
                .findFirst()
                .orElseThrow();
        // When, Then: by its name, by its id, and not what is in use
        assertThat(ask("DELETE", "/api/v1/orphans/sightline.sinks.left", operator, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(ask("DELETE", "/api/v1/orphans/" + odd.path("id").asText(), operator, null)
                        .statusCode())
                .isEqualTo(204);
        assertProblem(ask("DELETE", "/api/v1/orphans/sightline.sinks.left", operator, null), 404);
        assertProblem(ask("DELETE", "/api/v1/orphans/sightline.sinks.store", operator, null), 404);
    }

    @Test
    void shouldTellEveryLossInPrometheus() throws Exception {
        var request = HttpRequest.newBuilder(hub.onManagement("/actuator/prometheus"))
                .header("Authorization", admin)
                .build();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(send(request).body())
                        .contains(
                                "sightline_spine_dropped_total{queue=\"durable\"",
                                "sightline_spine_dropped_total{queue=\"passing\"",
                                "sightline_spine_packets_refused_total",
                                "sightline_background_refused_total",
                                "sightline_store_events_total{result=\"stored\"",
                                "sightline_store_events_total{result=\"repeated\"",
                                "sightline_store_removed_total{what=\"rows\"",
                                "sightline_store_removed_total{what=\"snapshots\"",
                                "sightline_camera_queue_seconds{camera=\"gate\",quantile=\"0.99\"",
                                "sightline_camera_inference_seconds{camera=\"gate\",quantile=\"0.5\""));
        var camera = json(ask("GET", "/api/v1/cameras/gate", admin, null));
        assertThat(camera.path("priority").asText()).isEqualTo("normal");
        assertThat(camera.path("figures").path("inference_ms_p99").asDouble()).isPositive();
        assertThat(camera.path("figures").path("queue_ms_p50").isNumber()).isTrue();
    }

    @Test
    void shouldAskTheStoreForItsHealth() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(json(ask("GET", "/api/v1/health", null, null))
                                .path("services")
                                .path("store")
                                .path("response_time")
                                .asDouble())
                        .isEqualTo(hub.bean(StoreProbe.class).took().toNanos() / 1e9)
                        .isPositive());
    }

    @Test
    void shouldSayThatHeadersAreTooLarge() throws Exception {
        var answer = send(HttpRequest.newBuilder(hub.at("/api/v1/cameras"))
                .header("Authorization", admin)
                .header("X-Large", "x".repeat(20_000))
                .build());

        assertProblem(answer, 431);
    }

    private static Socket watch() throws IOException {
        URI at = hub.at("/api/v1/cameras/gate/stream");
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(at.getHost(), at.getPort()));
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + at.getPath() + " HTTP/1.1\r\nHost: " + at.getAuthority() + "\r\nAuthorization: "
                                + admin + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean pictures(Socket socket, int wanted) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (text.toString().split("image/jpeg", -1).length <= wanted) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                return false;
            }
            text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        return true;
    }

    private static WebSocket follow(Listener listener, String query) throws Exception {
        URI at = URI.create(hub.at("/api/v1/ws/events" + query).toString().replaceFirst("http", "ws"));
        return HTTP.newWebSocketBuilder()
                .header("Authorization", admin)
                .buildAsync(at, listener)
                .get(10, TimeUnit.SECONDS);
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private static String filled(String path) {
        return path.replace("{kind}", "detection").replace("{version}", "v1").replaceAll("\\{[^}]*}", ID);
    }

    private static String login(String name, String password) throws Exception {
        String body = JSON.writeValueAsString(Map.of("username", name, "password", password));
        return "Bearer "
                + json(ask("POST", "/api/v1/auth/login", null, body))
                        .path("access_token")
                        .asText();
    }

    private static HttpResponse<String> withKey(String path, String key) throws Exception {
        return send(
                HttpRequest.newBuilder(hub.at(path)).header("X-API-Key", key).build());
    }

    private static HttpResponse<String> withCookie(String method, String path, String cookies, String token)
            throws Exception {
        var request = HttpRequest.newBuilder(hub.at(path)).header("Cookie", cookies);
        if (token != null) {
            request.header("X-XSRF-TOKEN", token);
        }
        return send(request.method(method, HttpRequest.BodyPublishers.noBody()).build());
    }

    private static HttpResponse<String> ask(String method, String path, String authorization, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(hub.at(path)).timeout(Duration.ofSeconds(20));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.uri() + " " + answer.body())
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = json(answer);
        assertThat(problem.path("error_id").asText()).hasSize(36);
        assertThat(answer.body()).doesNotContain("Exception", "at org.", "at io.", "java.");
    }
}
