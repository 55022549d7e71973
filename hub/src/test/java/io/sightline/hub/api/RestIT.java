package io.sightline.hub.api;

import static io.sightline.hub.api.RestCalls.assertProblem;
import static io.sightline.hub.api.RestCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.http.Access;
import io.sightline.hub.security.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
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

    private static RunningHub hub;
    private static RestCalls calls;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder);
        calls = new RestCalls(hub);
        admin = "Bearer " + hub.token();
        for (Role role : Set.of(Role.VIEWER, Role.OPERATOR, Role.INTEGRATION)) {
            calls.addAccount(role, admin);
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
            var answer = calls.ask(parts[0], filled(parts[1]), null, parts[0].equals("GET") ? null : "{}");
            if (answer.statusCode() != 401) {
                open.add(one + " " + answer.statusCode());
            } else {
                assertProblem(answer, 401);
            }
        }
        // Then
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "GET /api/v1/health 200",
                        "GET /api/v1/shared/clips/{camera}/{name} 404",
                        "POST /api/v1/auth/login 400",
                        "POST /api/v1/auth/refresh 400");
        assertThat(calls.ask("GET", "/login", null, null).statusCode()).isEqualTo(200);
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
            var answer = calls.send(HttpRequest.newBuilder(hub.onManagement(path)));
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
        var page = calls.send(HttpRequest.newBuilder(hub.onManagement("/actuator/hawtio"))
                .header("Accept", "text/html")
                .header("X-Forwarded-Host", "example.com"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to)
                .startsWith(hub.at("/login").toString()));
    }

    @Test
    void shouldLetEachRoleDoWhatItsRowSaysAndNothingElse() throws Exception {
        for (Role role : Set.of(Role.VIEWER, Role.OPERATOR, Role.INTEGRATION)) {
            String token = calls.login(role.word() + "-one", RestCalls.PASSWORD);
            for (String operation : hub.bean(Contract.class).operations()) {
                String[] parts = operation.split(" ", 2);
                if (Set.of("/auth/logout", "/auth/login", "/auth/password", "/cameras/{id}/stream")
                        .contains(parts[1])) {
                    continue; // would end what the test uses, or never end
                }
                var answer =
                        calls.ask(parts[0], filled("/api/v1" + parts[1]), token, parts[0].equals("GET") ? null : "{}");
                assertThat(answer.statusCode() == 403)
                        .as(role + " " + operation + " " + answer.statusCode())
                        .isEqualTo(!Access.may(role, parts[0], "/api/v1" + parts[1]));
            }
        }
    }

    @Test
    void shouldLetAKeyDoWhatItsScopesSay() throws Exception {
        // Given
        var made =
                json(calls.ask("POST", "/api/v1/api-keys", admin, "{\"name\":\"plant\",\"scopes\":[\"events:read\"]}"));
        String key = made.path("key").asText();
        // When, Then
        assertThat(withKey("/api/v1/events", key).statusCode()).isEqualTo(200);
        assertThat(withKey("/api/v1/cameras", key).statusCode()).isEqualTo(403);
        assertThat(withKey("/api/v1/events?api_key=" + key, "wrong").statusCode())
                .isEqualTo(401);
        assertThat(calls.ask("DELETE", "/api/v1/api-keys/" + made.path("id").asText(), admin, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(withKey("/api/v1/events", key).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldAnswerBadInputWithProblems() throws Exception {
        assertProblem(calls.ask("GET", "/api/v1/detections?page_size=0", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/detections?page_size=501", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/detections?confidence_min=high", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/detections?start_time=yesterday", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/detections?cursor=%00", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/detections/not-a-uuid", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/detections/" + ID, admin, null), 404);
        assertProblem(calls.ask("GET", "/api/v1/cameras/nope", admin, null), 404);
        assertProblem(calls.ask("GET", "/api/v1/cameras/nope/history", admin, null), 404);
        assertProblem(calls.ask("GET", "/api/v1/snapshots/x.jpg", admin, null), 404);
        assertProblem(calls.ask("DELETE", "/api/v1/cameras", admin, null), 405);
        assertProblem(calls.ask("POST", "/api/v1/users", admin, "{"), 400);
        assertProblem(calls.ask("POST", "/api/v1/users", admin, "{\"username\":\"x\"}"), 400);
        assertProblem(calls.ask("POST", "/api/v1/users", admin, "[".repeat(65)), 400);
        assertProblem(calls.ask("POST", "/api/v1/auth/login", null, "{\"username\":1}"), 400);
        assertProblem(calls.ask("POST", "/api/v1/auth/login", null, " ".repeat((1 << 20) + 1)), 413);
        assertProblem(calls.ask("GET", "/api/v1/cameras%2fx", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/cameras;a=b", admin, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/cameras", "Bearer x", null), 401);
        assertProblem(calls.ask("GET", "/api/v1/cameras", "Basic YWRtaW46eA==", null), 401);
    }

    @Test
    void shouldNotTakeHttpHeadersForParameters() throws Exception {
        var answer = calls.send(HttpRequest.newBuilder(hub.at("/api/v1/detections"))
                .header("Authorization", admin)
                .header("page_size", "9999")
                .header("CamelHttpResponseCode", "500"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("page_size").asInt()).isEqualTo(50);
    }

    @Test
    void shouldKeepPagesSessionInCookiesThatNeedTheirToken() throws Exception {
        // Given
        var login = calls.send(HttpRequest.newBuilder(hub.at("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", "")
                .POST(RunningHub.body(Map.of("username", "viewer-one", "password", RestCalls.PASSWORD))));
        List<String> set = login.headers().allValues("Set-Cookie");
        assertThat(set).hasSize(2).allSatisfy(cookie -> assertThat(cookie).contains("SameSite=Strict"));
        assertThat(set.get(0)).startsWith("sightline_session=").contains("HttpOnly");
        String cookies = set.get(0).split(";")[0] + "; " + set.get(1).split(";")[0];
        String token = set.get(1).split(";")[0].split("=", 2)[1];
        // When, Then
        assertThat(withCookie("GET", "/api/v1/cameras", cookies, null).statusCode())
                .isEqualTo(200);
        assertThat(withCookie("GET", "/", cookies, null).statusCode()).isEqualTo(200);
        assertThat(calls.send(HttpRequest.newBuilder(hub.onManagement("/actuator/health"))
                                .header("Cookie", cookies))
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
        WebSocket socket = calls.follow("", Map.entry("Authorization", admin), first);
        List<String> seen = new ArrayList<>();
        while (seen.size() < 3) {
            String text = first.messages.poll(60, TimeUnit.SECONDS);
            assertThat(text).as("an event in time").isNotNull();
            seen.add(JSON.readTree(text).path("id").asText());
        }
        socket.abort();
        // When
        var second = new Listener();
        calls.follow("?after=" + seen.get(0), Map.entry("Authorization", admin), second);
        // Then
        for (String expected : seen.subList(1, 3)) {
            assertThat(JSON.readTree(second.messages.poll(10, TimeUnit.SECONDS))
                            .path("id")
                            .asText())
                    .isEqualTo(expected);
        }
        var page = json(calls.ask("GET", "/api/v1/events?limit=2", admin, null));
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
            assertThat(calls.ask("GET", "/api/v1/health", null, null).statusCode())
                    .isEqualTo(200);
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
        assertProblem(calls.ask("GET", "/api/v1/cameras/gate/stream?overlay=all", admin, null), 400);
    }

    private static HttpResponse<String> picture(String query) throws Exception {
        return calls.ask("GET", "/api/v1/cameras/gate/snapshot" + query, admin, null);
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

    private static HttpResponse<String> withKey(String path, String key) throws Exception {
        return calls.send(HttpRequest.newBuilder(hub.at(path)).header("X-API-Key", key));
    }

    private static HttpResponse<String> withCookie(String method, String path, String cookies, String token)
            throws Exception {
        var request = HttpRequest.newBuilder(hub.at(path)).header("Cookie", cookies);
        if (token != null) {
            request.header("X-XSRF-TOKEN", token);
        }
        return calls.send(request.method(method, HttpRequest.BodyPublishers.noBody()));
    }
}
