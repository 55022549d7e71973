package io.sightline.hub.api;

import static io.sightline.hub.api.RestCalls.assertProblem;
import static io.sightline.hub.api.RestCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.security.Role;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Letters;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.store.StoreProbe;
import io.sightline.processors.Event;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees and clears over HTTP: queues and their dead letters, losses, the store, refused requests. */
class QueuesIT {
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
        calls.addAccount(Role.OPERATOR, admin);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldReplayAndRemoveDeadLetters() throws Exception {
        // Given
        var letters = hub.bean(DeadLetters.class);
        hub.bean(Spine.class).ensureSink("siren", Set.of(Event.Kind.ALERT), "test");
        Letters.add(letters, "{\"id\":\"1\"}", "sightline.sinks.siren");
        Letters.add(letters, "no json", "sightline.sinks.siren");
        Letters.add(letters, "{}", "sightline.sinks.gone");
        await().until(() -> letters.count() == 3);
        String operator = calls.login("operator-one", RestCalls.PASSWORD);
        // When
        var answer = json(calls.ask("GET", "/api/v1/dead-letters?limit=2", operator, null));
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
        assertThat(calls.ask("POST", one + "/replay", operator, null).statusCode())
                .isEqualTo(204);
        await().until(() -> hub.bean(Spine.class).waiting("siren") == 1);
        assertProblem(calls.ask("POST", one + "/replay", operator, null), 404);
        var left =
                json(calls.ask("GET", "/api/v1/dead-letters", operator, null)).path("dead_letters");
        String two = "/api/v1/dead-letters/" + left.get(0).path("id").asText();
        String three = "/api/v1/dead-letters/" + left.get(1).path("id").asText();
        assertThat(calls.ask("DELETE", two, operator, null).statusCode()).isEqualTo(204);
        assertProblem(calls.ask("DELETE", two, operator, null), 404);
        assertProblem(calls.ask("POST", three + "/replay", operator, null), 409);
        assertThat(calls.ask("DELETE", three, operator, null).statusCode()).isEqualTo(204);
        await().until(() -> letters.count() == 0);
        assertProblem(calls.ask("DELETE", "/api/v1/dead-letters/x'%20OR%20TRUE", operator, null), 400);
    }

    @Test
    void shouldListAndRemoveOrphanedQueues() throws Exception {
        // Given
        var spine = hub.bean(Spine.class);
        for (String sink : List.of("left", "odd")) {
            spine.ensureSink(sink, Set.of(Event.Kind.ALERT), "test");
            spine.releaseSink(sink, "test");
        }
        String operator = calls.login("operator-one", RestCalls.PASSWORD);
        // When
        var orphans = json(calls.ask("GET", "/api/v1/orphans", operator, null)).path("orphans");
        // Then
        assertThat(orphans.findValuesAsText("name")).contains("sightline.sinks.left", "sightline.sinks.odd");
        JsonNode odd = orphans.findParents("name").stream()
                .filter(orphan -> orphan.path("name").asText().endsWith(".odd"))
                .findFirst()
                .orElseThrow();
        // When, Then: by its name, by its id, and not what is in use
        assertThat(calls.ask("DELETE", "/api/v1/orphans/sightline.sinks.left", operator, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(calls.ask("DELETE", "/api/v1/orphans/" + odd.path("id").asText(), operator, null)
                        .statusCode())
                .isEqualTo(204);
        assertProblem(calls.ask("DELETE", "/api/v1/orphans/sightline.sinks.left", operator, null), 404);
        assertProblem(calls.ask("DELETE", "/api/v1/orphans/sightline.sinks.store", operator, null), 404);
    }

    @Test
    void shouldTellEveryLossInPrometheus() throws Exception {
        var request =
                HttpRequest.newBuilder(hub.onManagement("/actuator/prometheus")).header("Authorization", admin);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(calls.send(request).body())
                        .contains(
                                "sightline_spine_dropped_total{queue=\"durable\"",
                                "sightline_spine_dropped_total{queue=\"passing\"",
                                "sightline_spine_packets_refused_total",
                                "sightline_background_refused_total",
                                "sightline_integration_changes_total{id=\"gate\",kind=\"camera\",state=\"ONLINE\"",
                                "sightline_store_events_total{result=\"stored\"",
                                "sightline_store_events_total{result=\"repeated\"",
                                "sightline_store_removed_total{what=\"rows\"",
                                "sightline_store_removed_total{what=\"snapshots\"",
                                "sightline_camera_queue_seconds{camera=\"gate\",quantile=\"0.99\"",
                                "sightline_camera_inference_seconds{camera=\"gate\",quantile=\"0.5\""));
        var camera = json(calls.ask("GET", "/api/v1/cameras/gate", admin, null));
        assertThat(camera.path("priority").asText()).isEqualTo("normal");
        assertThat(camera.path("figures").path("inference_ms_p99").asDouble()).isPositive();
        assertThat(camera.path("figures").path("queue_ms_p50").isNumber()).isTrue();
        var offered = camera.path("capabilities");
        assertThat(offered.path("codec").asText()).isEqualTo("drawn");
        assertThat(offered.path("width").asInt()).isEqualTo(640);
        assertThat(offered.path("measured_fps").asDouble()).isPositive();
        assertThat(offered.path("audio").isNull()).isTrue();
        var history = json(calls.ask("GET", "/api/v1/cameras/gate/history", admin, null))
                .path("history");
        assertThat(history.get(0).path("state").asText()).isEqualTo("ONLINE");
        assertThat(history.get(history.size() - 1).path("code").asText()).isEqualTo("CONNECTING");
    }

    @Test
    void shouldAskTheStoreForItsHealth() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(json(calls.ask("GET", "/api/v1/health", null, null))
                                .path("services")
                                .path("store")
                                .path("response_time")
                                .asDouble())
                        .isEqualTo(hub.bean(StoreProbe.class).took().toNanos() / 1e9)
                        .isPositive());
    }

    @Test
    void shouldSayThatHeadersAreTooLarge() throws Exception {
        var answer = calls.send(HttpRequest.newBuilder(hub.at("/api/v1/cameras"))
                .header("Authorization", admin)
                .header("X-Large", "x".repeat(20_000)));

        assertProblem(answer, 431);
    }
}
