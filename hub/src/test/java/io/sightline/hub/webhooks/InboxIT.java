package io.sightline.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.store.StoredEvent;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that others sign become events, each one once. */
class InboxIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    static Path folder;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  inbound-webhooks:
                    tickets: { secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
                    code: { scheme: github, secret: "It's a Secret to Everybody" }
                """);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldMakeOneEventOfAHundredEqualMessagesAtOnce() throws Exception {
        // Given
        String id = UUID.randomUUID().toString();
        String body = "{\"order\": 4711, \"amount\": 12.30}";
        var threads = Executors.newFixedThreadPool(100);
        // When
        List<HttpResponse<String>> answers;
        try {
            List<Callable<HttpResponse<String>>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> (Callable<HttpResponse<String>>) () -> hub.send(signed("tickets", id, body)))
                    .toList();
            answers = threads.invokeAll(calls).stream()
                    .map(one -> {
                        try {
                            return one.get();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        } finally {
            threads.shutdownNow();
        }
        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        List<JsonNode> read = answers.stream().map(InboxIT::json).toList();
        assertThat(read.stream().map(one -> one.path("event_id").asText()).distinct())
                .hasSize(1);
        assertThat(read.stream().filter(one -> !one.path("repeated").asBoolean()))
                .hasSize(1);
        String eventId = read.get(0).path("event_id").asText();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hub.bean(DetectionStore.class).event(eventId).isPresent());
        assertThat(events(id)).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("io.sightline.system");
            assertThat(event.path("subject").asText()).isEqualTo("tickets");
            assertThat(event.path("data").path("code").asText()).isEqualTo("RECEIVED");
            assertThat(event.path("data")
                            .path("webhook")
                            .path("content")
                            .path("order")
                            .asInt())
                    .isEqualTo(4711);
        });
    }

    @Test
    void shouldTakeWhatGitHubSigns() throws Exception {
        // Given
        String delivery = UUID.randomUUID().toString();
        // When
        var first = hub.send(
                github(delivery, "Hello, World!", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
        var wrong =
                hub.send(github(delivery, "{}", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
        // Then
        assertThat(first.statusCode()).isEqualTo(400); // well signed, and no JSON
        assertThat(wrong.statusCode()).isEqualTo(401);
        // When
        String body = "{\"action\":\"opened\"}";
        var good = hub.send(github(delivery, body, hmac(body)));
        var again = hub.send(github(delivery, body, hmac(body)));
        // Then
        assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
        assertThat(json(again).path("repeated").asBoolean()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNotSignedInTheSameWordsForAll() throws Exception {
        String id = UUID.randomUUID().toString();
        String body = "{}";
        var unknown = hub.send(signed("nobody", id, body));
        var twice = hub.send(HttpRequest.newBuilder(signed("tickets", id, body), (name, value) -> true)
                .header("webhook-timestamp", Long.toString(Instant.now().getEpochSecond()))
                .build());
        var none = hub.send(HttpRequest.newBuilder(hub.at("/api/v1/hooks/tickets"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        var rewritten = hub.send(HttpRequest.newBuilder(signed("tickets", id, body), (name, value) -> true)
                .POST(HttpRequest.BodyPublishers.ofString("{ }"))
                .build());
        for (var answer : List.of(unknown, twice, none, rewritten)) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
            assertThat(json(answer).path("detail")).isEqualTo(json(unknown).path("detail"));
        }
        assertThat(events(id)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrNoJson() throws Exception {
        var large = hub.send(signed("tickets", "large", "\"" + "x".repeat(1 << 20) + "\""));
        var broken = hub.send(signed("tickets", "broken", "{\"a\":"));
        var twice = hub.send(signed("tickets", "twice", "{\"a\":1,\"a\":2}"));
        var deep = hub.send(signed("tickets", "deep", "[".repeat(65) + "]".repeat(65)));
        var full = hub.send(signed("tickets", "full", "\"" + "x".repeat((1 << 20) - 2) + "\""));

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(deep.statusCode()).isEqualTo(400);
        assertThat(full.statusCode()).isEqualTo(400);
    }

    private static List<JsonNode> events(String id) {
        return hub.bean(DetectionStore.class).eventsAfter(null, 500).events().stream()
                .map(StoredEvent::body)
                .map(InboxIT::read)
                .filter(event ->
                        event.path("data").path("webhook").path("id").asText().equals(id))
                .toList();
    }

    private static HttpRequest signed(String source, String id, String body) {
        long now = Instant.now().getEpochSecond();
        return HttpRequest.newBuilder(hub.at("/api/v1/hooks/" + source))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", SigningSecrets.sign(SECRET, id, now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest github(String delivery, String body, String signature) {
        return HttpRequest.newBuilder(hub.at("/api/v1/hooks/code"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Delivery", delivery)
                .header("X-GitHub-Event", "issues")
                .header("X-Hub-Signature-256", "sha256=" + signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String hmac(String body) throws Exception {
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(
                "It's a Secret to Everybody".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return java.util.HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return read(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
