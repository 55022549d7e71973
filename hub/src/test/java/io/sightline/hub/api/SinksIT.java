package io.sightline.hub.api;

import static io.sightline.hub.api.RestCalls.assertProblem;
import static io.sightline.hub.api.RestCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.security.Role;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Letters;
import io.sightline.hub.spine.Spine;
import io.sightline.processors.Event;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of sinks and dead letters of a running hub: over REST, in the metrics, and through JMX. */
class SinksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String MBEAN = "io.sightline:type=dead-letters";

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static RestCalls calls;
    private static String admin;
    private static String operator;
    private static String viewer;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder);
        calls = new RestCalls(hub);
        admin = "Bearer " + hub.token();
        calls.addAccount(Role.OPERATOR, admin);
        calls.addAccount(Role.VIEWER, admin);
        operator = calls.login("operator-one", RestCalls.PASSWORD);
        viewer = calls.login("viewer-one", RestCalls.PASSWORD);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void clear() throws Exception {
        var spine = hub.bean(Spine.class);
        spine.ensureSink("siren", Set.of(Event.Kind.ALERT), "test");
        spine.ensureSink("mail", Set.of(Event.Kind.ALERT), "test");
        calls.ask("POST", LETTERS + "/remove", operator, "{\"all\":true}");
        await().until(() -> hub.bean(DeadLetters.class).count() == 0);
    }

    @Test
    void shouldTellTheAccountOfTheStore() throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode store = json(calls.ask("GET", "/api/v1/sinks/store", viewer, null));
            assertThat(store.path("state").asText()).isEqualTo("ONLINE");
            assertThat(store.path("accepted").asLong()).isPositive();
            assertThat(store.path("delivered").asLong()).isPositive();
            assertThat(store.path("difference").asLong()).isZero();
            assertThat(store.path("missing").asLong()).isZero();
        });
        JsonNode all = json(calls.ask("GET", "/api/v1/sinks", viewer, null));
        assertThat(all.path("sinks").findValuesAsText("id")).contains("mail", "siren", "store");
        assertProblem(calls.ask("GET", "/api/v1/sinks/none", viewer, null), 404);
        assertProblem(calls.ask("GET", "/api/v1/sinks/No", viewer, null), 400);
        assertProblem(calls.ask("GET", "/api/v1/sinks", null, null), 401);
    }

    @Test
    void shouldShowOneLetterWithItsBytes() throws Exception {
        // Given
        add("no json", "siren");
        String id = listed("").get(0).path("id").asText();
        // When
        JsonNode letter = json(calls.ask("GET", LETTERS + "/" + id, operator, null));
        // Then
        assertThat(new String(Base64.getDecoder().decode(letter.path("raw").asText()), StandardCharsets.UTF_8))
                .isEqualTo("no json");
        assertThat(letter.path("event").isNull()).isTrue();
        assertThat(letter.path("first").asText()).isNotEmpty();
        assertProblem(calls.ask("GET", LETTERS + "/" + id, viewer, null), 403);
        assertProblem(calls.ask("GET", LETTERS + "/00000000-0000-0000-0000-000000000000", operator, null), 404);
    }

    @Test
    void shouldReplayAndRemoveManyByWhatTheyAre() throws Exception {
        // Given
        add("{}", "siren");
        add("{}", "siren");
        add("{}", "mail");
        add("{}", "gone");
        assertThat(listed("?sink=siren&cause=such%20siren")).hasSize(2);
        assertThat(listed("?cause=100%25")).isEmpty();
        assertThat(listed("?end_time=2020-01-01T00:00:00Z")).isEmpty();
        long before = hub.bean(Spine.class).waiting("siren");
        // When
        JsonNode one = json(calls.ask("POST", LETTERS + "/replay", operator, "{\"sink\":\"siren\",\"limit\":1}"));
        JsonNode moved = json(calls.ask("POST", LETTERS + "/replay", operator, "{\"sink\":\"mail\",\"to\":\"siren\"}"));
        JsonNode all = json(calls.ask("POST", LETTERS + "/replay", operator, "{\"all\":true}"));
        // Then: what has no queue stays
        assertThat(one.path("letters").asInt()).isEqualTo(1);
        assertThat(moved.path("letters").asInt()).isEqualTo(1);
        assertThat(all.path("letters").asInt()).isEqualTo(1);
        await().until(() -> hub.bean(Spine.class).waiting("siren") == before + 3);
        assertThat(listed(""))
                .singleElement()
                .satisfies(left -> assertThat(left.path("queue").asText()).isEqualTo("sightline.sinks.gone"));
        // When, Then
        JsonNode removed = json(calls.ask("POST", LETTERS + "/remove", operator, "{\"sink\":\"gone\"}"));
        assertThat(removed.path("letters").asInt()).isEqualTo(1);
        assertThat(listed("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"all\":false}",
                "{\"all\":true,\"sink\":\"siren\"}",
                "{\"sink\":\"siren\",\"limit\":0}",
                "{\"sink\":\"siren\",\"limit\":10001}",
                "{\"sink\":\"' OR TRUE\"}",
                "{\"cause\":\"\"}",
                "{\"start_time\":\"yesterday\"}",
                "{\"what\":1}",
                "[]",
                "no json"
            })
    void shouldRefuseAChoiceThatIsNone(String body) throws Exception {
        add("{}", "siren");

        assertProblem(calls.ask("POST", LETTERS + "/replay", operator, body), 400);
        assertProblem(calls.ask("POST", LETTERS + "/remove", operator, body), 400);
        assertThat(listed("")).hasSize(1);
    }

    @Test
    void shouldReplayToExistingSinksOnlyAndForOperators() throws Exception {
        add("{}", "siren");
        String id = listed("").get(0).path("id").asText();

        assertProblem(calls.ask("POST", LETTERS + "/replay", operator, "{\"all\":true,\"to\":\"none\"}"), 409);
        assertProblem(calls.ask("POST", LETTERS + "/" + id + "/replay?to=none", operator, null), 409);
        assertProblem(calls.ask("POST", LETTERS + "/" + id + "/replay?to=x.y", operator, null), 400);
        assertProblem(calls.ask("POST", LETTERS + "/replay", viewer, "{\"all\":true}"), 403);
        assertProblem(calls.ask("POST", LETTERS + "/remove", viewer, "{\"all\":true}"), 403);
        assertThat(calls.ask("POST", LETTERS + "/" + id + "/replay?to=mail", operator, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(listed("")).isEmpty();
    }

    @Test
    void shouldTellEachAccountInPrometheus() throws Exception {
        var request =
                HttpRequest.newBuilder(hub.onManagement("/actuator/prometheus")).header("Authorization", admin);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(calls.send(request).body())
                        .contains(
                                "sightline_sink_events_total{outcome=\"accepted\",sink=\"store\"",
                                "sightline_sink_events_total{outcome=\"delivered\",sink=\"store\"",
                                "sightline_sink_events_total{outcome=\"filtered\",sink=\"siren\"",
                                "sightline_sink_attempts_total{sink=\"store\"",
                                "sightline_sink_redeliveries_total{sink=\"store\"",
                                "sightline_sink_waiting{sink=\"siren\"",
                                "sightline_sink_missing{sink=\"store\"} 0.0",
                                "sightline_sink_difference{sink=\"store\"} 0.0",
                                "sightline_sink_oldest_waiting_seconds{sink=\"siren\""));
    }

    @Test
    void shouldShowAccountsAndLettersInHawtio() throws Exception {
        // Given
        add("{}", "siren");
        String id = listed("").get(0).path("id").asText();
        // When, Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        jolokia(admin, Map.of("type", "read", "mbean", "io.sightline:name=\"store\",type=sinks"))
                                .at("/value/Accepted")
                                .asLong())
                .isPositive());
        assertThat(exec(admin, "list", "siren", "", 10).path("value").asText()).contains(id);
        assertThat(exec(admin, "show", id).path("value").asText()).contains("\"event\":\"{}\"");
        assertThat(exec(operator, "replay", id).path("status").asInt()).isEqualTo(403);
        assertThat(exec(admin, "replayTo", id, "mail").path("value").asBoolean())
                .isTrue();
        assertThat(listed("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"removeAllMessages()", "moveMessages(java.lang.String,java.lang.String)", "retryMessages()"})
    void shouldNotLetAnyoneGoPastTheAccounts(String operation) throws Exception {
        for (String queue : List.of("accounts", "dead-letters", "sightline.sinks.store")) {
            JsonNode found = jolokia(
                            admin,
                            Map.of("type", "search", "mbean", "org.apache.activemq.artemis:queue=\"" + queue + "\",*"))
                    .path("value");
            assertThat(found).as(queue).isNotEmpty();
            Map<String, Object> order =
                    Map.of("type", "exec", "mbean", found.get(0).asText(), "operation", operation);

            assertThat(jolokia(admin, order).path("status").asInt()).isEqualTo(403);
        }
    }

    private static JsonNode exec(String who, String operation, Object... arguments) throws Exception {
        return jolokia(
                who, Map.of("type", "exec", "mbean", MBEAN, "operation", operation, "arguments", List.of(arguments)));
    }

    private static JsonNode jolokia(String who, Map<String, Object> order) throws Exception {
        return hub.json(HttpRequest.newBuilder(hub.onManagement("/actuator/jolokia"))
                .header("Authorization", who)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(order)))
                .build());
    }

    private static void add(String event, String sink) {
        var letters = hub.bean(DeadLetters.class);
        long before = letters.count();
        Letters.add(letters, event, "sightline.sinks." + sink);
        await().until(() -> letters.count() == before + 1);
    }

    private static JsonNode listed(String query) throws Exception {
        return json(calls.ask("GET", LETTERS + query, operator, null)).path("dead_letters");
    }
}
