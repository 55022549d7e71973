package io.sightline.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.webhooks.Receiver.Answer;
import io.sightline.hub.webhooks.Receiver.Request;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registered over REST, signed, sent, tried again, replayed: a whole hub and a receiver. */
class WebhooksIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static String admin;

    private final Receiver receiver = new Receiver();
    private final String rule = "rule-" + NUMBER.incrementAndGet();
    private final List<String> made = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  webhook-networks: [127.0.0.0/8]
                """);
        admin = "Bearer " + hub.token();
        for (String name : List.of("anna", "bert")) {
            assertThat(ask(
                                    "POST",
                                    "/users",
                                    admin,
                                    Map.of(
                                            "username",
                                            name,
                                            "password",
                                            "password-of-one",
                                            "roles",
                                            List.of("integration")))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void remove() throws Exception {
        for (String id : made) {
            ask("DELETE", "/webhooks/" + id, admin, null);
        }
        receiver.close();
    }

    @Test
    void shouldDeliverTheVeryBytesWithASignatureThatTheSpecificationsVerifierTakes() throws Exception {
        // Given
        JsonNode webhook = register("/hooks", Map.of());
        String id = webhook.path("id").asText();
        // When
        List<byte[]> sent = List.of(publish(), publish(), publish());
        // Then
        await().atMost(PATIENCE).until(() -> receiver.at("/hooks").size() == 3);
        List<Request> got = receiver.at("/hooks");
        for (int i = 0; i < 3; i++) {
            assertThat(got.get(i).body()).isEqualTo(sent.get(i));
            assertThat(got.get(i).header("webhook-id"))
                    .isEqualTo(JSON.readTree(sent.get(i)).path("id").asText());
            assertThat(got.get(i).header("content-type")).isEqualTo("application/cloudevents+json");
            assertThat(got.get(i).header("webhook-replay")).isEmpty();
            got.get(i).verify(webhook.path("secret").asText());
        }
        await().atMost(PATIENCE).until(() -> deliveries(id).size() == 3);
        JsonNode newest = deliveries(id).get(0);
        assertThat(newest.path("outcome").asText()).isEqualTo("delivered");
        assertThat(newest.path("status").asInt()).isEqualTo(204);
        assertThat(newest.path("attempt").asInt()).isEqualTo(1);
        JsonNode shown = json(ask("GET", "/webhooks/" + id, admin, null));
        assertThat(shown.has("secret")).isFalse();
        assertThat(shown.path("state").asText()).isEqualTo("ONLINE");
        assertThat(shown.path("waiting").asInt()).isZero();
    }

    @Test
    void shouldSignWithBothSecretsAfterARotation() throws Exception {
        // Given
        JsonNode webhook = register("/rotated", Map.of());
        // When
        JsonNode rotated = json(
                ask("POST", "/webhooks/" + webhook.path("id").asText() + "/secret", admin, Map.of("overlap_hours", 1)));
        publish();
        // Then
        await().atMost(PATIENCE).until(() -> receiver.at("/rotated").size() == 1);
        Request got = receiver.at("/rotated").get(0);
        got.verify(webhook.path("secret").asText());
        got.verify(rotated.path("secret").asText());
        assertThat(Instant.parse(rotated.path("previous_secret_until").asText()))
                .isAfter(Instant.now());
        assertThat(grep(webhook.path("secret").asText().substring(6))).isEmpty();
    }

    @Test
    void shouldKeepTheOrderThroughAnOutageAndWaitAsLongAsItIsAskedFor() throws Exception {
        // Given
        var answers = new AtomicInteger();
        receiver.answers(request -> switch (answers.getAndIncrement()) {
            case 0 -> new Answer(500);
            case 1 -> new Answer(429, Map.of("Retry-After", "2"), new byte[0]);
            default -> new Answer(200);
        });
        JsonNode webhook = register("/outage", Map.of());
        // When
        List<byte[]> sent = List.of(publish(), publish(), publish());
        // Then
        await().atMost(PATIENCE).until(() -> receiver.at("/outage").size() == 5);
        assertThat(receiver.at("/outage").stream().skip(2).map(Request::body)).containsExactlyElementsOf(sent);
        String id = webhook.path("id").asText();
        await().atMost(PATIENCE).until(() -> deliveries(id).size() == 5);
        JsonNode log = deliveries(id);
        assertThat(log.get(2).path("attempt").asInt()).isEqualTo(3);
        assertThat(Duration.between(
                        Instant.parse(log.get(3).path("at").asText()),
                        Instant.parse(log.get(2).path("at").asText())))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1950));
        await().atMost(PATIENCE).until(() -> state(id).equals("ONLINE"));
    }

    @Test
    void shouldPutWhatIsRejectedToTheDeadLettersAndGoOn() throws Exception {
        // Given
        receiver.answers(request -> new Answer(request.text().contains("\"bad\"") ? 422 : 200));
        JsonNode webhook = register("/rejecting", Map.of());
        long before = hub.bean(DeadLetters.class).count();
        // When
        publish("bad");
        byte[] good = publish("good");
        // Then
        await().atMost(Duration.ofSeconds(120)).until(() -> receiver.at("/rejecting").stream()
                .anyMatch(one -> one.text().contains("\"good\"")));
        assertThat(receiver.at("/rejecting")).hasSize(11);
        assertThat(receiver.at("/rejecting").get(10).body()).isEqualTo(good);
        await().atMost(PATIENCE).until(() -> hub.bean(DeadLetters.class).count() == before + 1);
        assertThat(hub.bean(DeadLetters.class).list(100)).anySatisfy(letter -> assertThat(letter.queue())
                .isEqualTo("sightline.sinks.webhook-" + webhook.path("id").asText()));
    }

    @Test
    void shouldDisableWhatIsGoneAndKeepWhatWaits() throws Exception {
        // Given
        receiver.answers(request -> new Answer(410));
        String id = register("/gone", Map.of()).path("id").asText();
        // When
        byte[] event = publish();
        // Then
        await().atMost(PATIENCE).until(() -> state(id).equals("DISABLED"));
        JsonNode gone = json(ask("GET", "/webhooks/" + id, admin, null));
        assertThat(gone.path("enabled").asBoolean()).isFalse();
        assertThat(gone.path("code").asText()).isEqualTo("GONE");
        assertThat(gone.path("reason").asText()).contains("410");
        publish("while it is disabled");
        assertThat(receiver.at("/gone")).hasSize(1);
        // When
        receiver.answers(request -> new Answer(200));
        ask("PUT", "/webhooks/" + id, admin, Map.of("enabled", true));
        // Then
        await().atMost(PATIENCE).until(() -> receiver.at("/gone").size() == 2);
        assertThat(receiver.at("/gone").get(1).body()).isEqualTo(event);
        await().atMost(PATIENCE).until(() -> hub.bean(Spine.class).waiting("webhook-" + id) == 0);
    }

    @Test
    void shouldHoldUpNobodyElseWhileOneHangs() throws Exception {
        // Given
        var hang = new CountDownLatch(1);
        receiver.answers(request -> {
            if (request.path().equals("/hanging")) {
                hang.await(60, TimeUnit.SECONDS);
            }
            return new Answer(200);
        });
        String hanging = register("/hanging", Map.of()).path("id").asText();
        register("/well", Map.of());
        // When
        publish();
        await().atMost(PATIENCE).until(() -> !receiver.at("/hanging").isEmpty());
        for (int i = 0; i < 50; i++) {
            publish();
        }
        // Then
        await().atMost(Duration.ofSeconds(15)).until(() -> receiver.at("/well").size() == 51);
        await().atMost(PATIENCE).until(() -> state(hanging).equals("OFFLINE"));
        hang.countDown();
        await().atMost(PATIENCE).until(() -> hub.bean(Spine.class).waiting("webhook-" + hanging) == 0);
    }

    @Test
    void shouldFollowNoRedirectAndReadNoEndlessAnswer() throws Exception {
        // Given
        var answers = new AtomicInteger();
        receiver.answers(request -> answers.getAndIncrement() == 0
                ? new Answer(307, Map.of("Location", receiver.url("/elsewhere")), new byte[0])
                : new Answer(200, Map.of(), "x\u0001".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)));
        String id = register("/redirecting", Map.of()).path("id").asText();
        // When
        publish();
        // Then
        await().atMost(PATIENCE).until(() -> deliveries(id).size() == 2);
        assertThat(receiver.at("/elsewhere")).isEmpty();
        JsonNode log = deliveries(id);
        assertThat(log.get(1).path("outcome").asText()).isEqualTo("failed");
        assertThat(log.get(1).path("status").asInt()).isEqualTo(307);
        assertThat(log.get(0).path("text").asText())
                .hasSizeLessThanOrEqualTo(1024)
                .doesNotContain("\u0001");
    }

    @Test
    void shouldSendOnlyWhatItsFilterLetsPass() throws Exception {
        // Given
        String id = register("/filtered", Map.of("types", List.of("io.sightline.alert.closed")))
                .path("id")
                .asText();
        register("/all-alerts", Map.of("types", List.of("io.sightline.alert.*")));
        // When
        publish();
        // Then
        await().atMost(PATIENCE).until(() -> receiver.at("/all-alerts").size() == 1);
        await().atMost(PATIENCE).until(() -> hub.bean(WebhookHistory.class).filtered(id) == 1);
        assertThat(receiver.at("/filtered")).isEmpty();
    }

    @Test
    void shouldReplayOneEventAndARangeInOrder() throws Exception {
        // Given
        Instant from = Instant.now().minusSeconds(1);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(publish());
        }
        String last = JSON.readTree(sent.get(4)).path("id").asText();
        await().atMost(PATIENCE)
                .until(() -> hub.bean(DetectionStore.class).event(last).isPresent());
        JsonNode webhook = register("/replayed", Map.of("types", List.of("io.sightline.alert.opened")));
        String path = "/webhooks/" + webhook.path("id").asText() + "/replay";
        // When
        var one = ask("POST", path, admin, Map.of("event_id", last));
        var range = ask(
                "POST",
                path,
                admin,
                Map.of(
                        "from",
                        from.toString(),
                        "to",
                        Instant.now().plusSeconds(60).toString()));
        // Then
        assertThat(one.statusCode()).as(one.body()).isEqualTo(202);
        assertThat(json(range).path("events").asInt()).as(range.body()).isGreaterThanOrEqualTo(5);
        assertThat(json(range).path("next_after").isNull()).isTrue();
        int all = 1 + json(range).path("events").asInt();
        await().atMost(PATIENCE).until(() -> receiver.at("/replayed").size() == all);
        List<Request> got = receiver.at("/replayed");
        assertThat(got.get(0).body()).isEqualTo(sent.get(4));
        assertThat(got.stream().skip(all - 5).map(Request::body)).containsExactlyElementsOf(sent);
        for (Request request : got) {
            assertThat(request.header("webhook-replay")).isEqualTo("true");
            request.verify(webhook.path("secret").asText());
        }
        assertProblem(ask("POST", path, admin, Map.of("event_id", "gone")), 404);
        assertProblem(ask("POST", path, admin, Map.of("from", from.toString())), 400);
        assertProblem(ask("POST", path, admin, Map.of("event_id", last, "from", from.toString())), 400);
        assertProblem(
                ask("POST", path, admin, Map.of("from", "2026-11-21T12:00:00Z", "to", "2026-11-21T11:00:00Z")), 400);
    }

    @Test
    void shouldTryAnEndpointAtOnce() throws Exception {
        // Given
        JsonNode webhook = register("/tried", Map.of());
        String path = "/webhooks/" + webhook.path("id").asText() + "/test";
        // When
        JsonNode well = json(ask("POST", path, admin, null));
        receiver.answers(request -> new Answer(401, Map.of(), "who are you".getBytes(StandardCharsets.UTF_8)));
        JsonNode refused = json(ask("POST", path, admin, null));
        // Then
        assertThat(well.path("outcome").asText()).isEqualTo("delivered");
        assertThat(refused.path("outcome").asText()).isEqualTo("rejected");
        assertThat(refused.path("text").asText()).isEqualTo("who are you");
        Request got = receiver.at("/tried").get(0);
        got.verify(webhook.path("secret").asText());
        assertThat(JSON.readTree(got.body()).path("data").path("code").asText()).isEqualTo("TEST");
    }

    @Test
    void shouldShowNobodyTheWebhooksOfAnother() throws Exception {
        // Given
        String anna = login("anna");
        String bert = login("bert");
        JsonNode webhook =
                json(ask("POST", "/webhooks", anna, Map.of("url", receiver.url("/a"), "kinds", List.of("alerts"))));
        String id = webhook.path("id").asText();
        made.add(id);
        // Then
        assertThat(webhook.path("owner").asText()).isEqualTo("anna");
        assertThat(ids(anna)).containsExactly(id);
        assertThat(ids(bert)).isEmpty();
        assertThat(ids(admin)).contains(id);
        var missing = ask("GET", "/webhooks/aaaaaaaaaaaa", bert, null);
        for (String[] call : new String[][] {
            {"GET", ""},
            {"PUT", ""},
            {"DELETE", ""},
            {"POST", "/secret"},
            {"POST", "/test"},
            {"GET", "/deliveries"},
            {"POST", "/replay"}
        }) {
            Object body =
                    call[0].equals("PUT") || call[1].equals("/secret") || call[1].equals("/replay") ? Map.of() : null;
            var answer = ask(call[0], "/webhooks/" + id + call[1], bert, body);
            assertProblem(answer, 404);
            assertThat(json(answer).path("detail")).isEqualTo(json(missing).path("detail"));
        }
        assertThat(ask("DELETE", "/webhooks/" + id, anna, null).statusCode()).isEqualTo(204);
        assertThat(hub.bean(Spine.class).orphans()).isEmpty();
    }

    @Test
    void shouldRefuseWhatCannotBeAnEndpoint() throws Exception {
        for (String url : List.of(
                "http://10.0.0.1/",
                "https://169.254.169.254/latest",
                "https://[::1]/",
                "https://localhost.:8443/",
                "https://0x7f.1/",
                "ftp://127.0.0.1/",
                "https://user:pass@127.0.0.1/",
                "https://no-such-host.invalid/",
                "http://127.0.0.1:22/",
                hub.at("/api/v1/health").toString(),
                "https://[::ffff:10.0.0.1]/")) {
            boolean loopback = url.contains("localhost") || url.contains("0x7f");
            var answer = ask("POST", "/webhooks", admin, Map.of("url", url, "kinds", List.of("alerts")));
            if (loopback && answer.statusCode() == 201) { // listed here, so that the receiver can be reached
                made.add(json(answer).path("id").asText());
                continue;
            }
            assertProblem(answer, 422);
            assertThat(json(answer).path("detail").asText()).startsWith("url: ").doesNotContain("pass");
        }
        assertProblem(ask("POST", "/webhooks", admin, Map.of("url", receiver.url("/"), "kinds", List.of("all"))), 400);
        assertProblem(ask("POST", "/webhooks", admin, Map.of("url", receiver.url("/"))), 400);
        assertProblem(
                ask(
                        "POST",
                        "/webhooks",
                        admin,
                        Map.of("url", receiver.url("/"), "kinds", List.of("alerts"), "secret", "x")),
                400);
    }

    @Test
    void shouldSendNothingWhereTheAddressIsNotAllowedAnyMore() throws Exception {
        // Given
        String id = register("/forbidden", Map.of()).path("id").asText();
        publish();
        await().atMost(PATIENCE).until(() -> receiver.at("/forbidden").size() == 1);
        Path file = folder.resolve("config").resolve("sightline.yaml");
        String settings = Files.readString(file);
        // When
        Files.writeString(file, settings.replace("[127.0.0.0/8]", "[10.0.0.0/8]"));
        await().atMost(PATIENCE).until(() -> {
            publish();
            return state(id).equals("OFFLINE");
        });
        // Then
        int got = receiver.at("/forbidden").size();
        await().atMost(PATIENCE)
                .until(() -> deliveries(id).get(0).path("outcome").asText().equals("forbidden"));
        assertThat(receiver.at("/forbidden")).hasSize(got);
        Files.writeString(file, settings);
        await().atMost(PATIENCE).until(() -> state(id).equals("ONLINE"));
    }

    private JsonNode register(String path, Map<String, Object> more) throws Exception {
        var wanted =
                new java.util.HashMap<String, Object>(Map.of("url", receiver.url(path), "kinds", List.of("alerts")));
        wanted.putAll(more);
        var answer = ask("POST", "/webhooks", admin, wanted);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        made.add(json(answer).path("id").asText());
        return json(answer);
    }

    private byte[] publish() {
        return publish("any");
    }

    private byte[] publish(String word) {
        hub.bean(Spine.class).ensure(Event.Kind.ALERT, rule);
        return hub.bean(EventPublisher.class)
                .publish(new Event(
                        Event.Kind.ALERT,
                        rule,
                        "io.sightline.alert.opened",
                        Instant.now(),
                        Map.of("word", word, "name", "Tür"),
                        null))
                .bytes();
    }

    private static String state(String id) throws Exception {
        return json(ask("GET", "/webhooks/" + id, admin, null)).path("state").asText();
    }

    private static JsonNode deliveries(String id) throws Exception {
        return json(ask("GET", "/webhooks/" + id + "/deliveries", admin, null)).path("deliveries");
    }

    private static List<String> ids(String login) throws Exception {
        return json(ask("GET", "/webhooks", login, null)).path("webhooks").findValuesAsText("id");
    }

    private static String login(String name) throws Exception {
        return "Bearer "
                + json(ask("POST", "/auth/login", null, Map.of("username", name, "password", "password-of-one")))
                        .path("access_token")
                        .asText();
    }

    private static HttpResponse<String> ask(String method, String path, String login, Object body) throws Exception {
        var request = HttpRequest.newBuilder(hub.at("/api/v1" + path)).timeout(Duration.ofSeconds(40));
        if (login != null) {
            request.header("Authorization", login);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return hub.send(
                request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : RunningHub.body(body))
                        .build());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(status);
        assertThat(json(answer).path("error_id").asText()).hasSize(36);
    }

    /** Files of the data folder that hold a text in clear. */
    private static List<Path> grep(String text) throws Exception {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (var files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, wanted))
                    .toList();
        }
    }

    private static boolean holds(Path file, byte[] wanted) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
