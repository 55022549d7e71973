package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.hub.console.RunningHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight cameras go on while a ninth comes, changes and goes. How little they notice is a benchmark's to measure. */
class HotChangeIT {
    private static final int CAMERAS = 8;

    /** A camera that was stopped and started again, or that waited for another, has a longer gap on any machine. */
    private static final Duration LONGEST_GAP = Duration.ofMillis(2500);

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static RestCalls calls;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        var cameras = new StringBuilder();
        for (int i = 0; i < CAMERAS; i++) {
            cameras.append("    c")
                    .append(i)
                    .append(": { uri: \"demo:crossing?seed=")
                    .append(i);
            cameras.append("\", detector: movers, detect-fps: 5 }\n");
        }
        hub = RunningHub.start(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  detectors:
                    movers: { type: motion }
                  cameras:
                """ + cameras);
        calls = new RestCalls(hub);
        admin = "Bearer " + hub.token();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldLeaveTheOtherCamerasAlone() throws Exception {
        // Given
        for (int i = 0; i < CAMERAS; i++) {
            String id = "c" + i;
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> figures(id).path("frames_handled").asLong() > 5);
        }
        Map<String, Long> before = handled();
        // When
        String keys = "\"uri\":\"demo:crossing?seed=9\",\"detector\":\"movers\"";
        for (int round = 0; round < 3; round++) {
            change("POST", "/api/v1/cameras", "{\"id\":\"ninth\"," + keys + "}", 201);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> figures("ninth").path("frames_handled").asLong() > 2);
            change("PUT", "/api/v1/cameras/ninth", "{" + keys + ",\"detect-fps\":2}", 200);
            change("PUT", "/api/v1/cameras/ninth", "{" + keys + ",\"detect-fps\":2,\"update-interval\":\"1s\"}", 200);
            change("DELETE", "/api/v1/cameras/ninth", null, 204);
        }
        // Then
        for (int i = 0; i < CAMERAS; i++) {
            String id = "c" + i;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> figures(id).path("frames_handled").asLong() > before.get(id) + 5);
            JsonNode figures = figures(id);
            assertThat(figures.path("reconnects").asLong())
                    .as("reconnects of " + id)
                    .isZero();
            assertThat(figures.path("frames_failed").asLong())
                    .as("failed frames of " + id)
                    .isZero();
            var gaps = hub.bean(MeterRegistry.class)
                    .get("sightline.camera.frame.gap")
                    .tag("camera", id)
                    .timer();
            assertThat(gaps.max(TimeUnit.MILLISECONDS))
                    .as("longest gap of " + id)
                    .isBetween(1.0, (double) LONGEST_GAP.toMillis());
        }
    }

    private static void change(String method, String path, String body, int expected) throws Exception {
        var answer = calls.ask(method, path, admin, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    }

    private static Map<String, Long> handled() throws Exception {
        var handled = new HashMap<String, Long>();
        for (int i = 0; i < CAMERAS; i++) {
            handled.put("c" + i, figures("c" + i).path("frames_handled").asLong());
        }
        return handled;
    }

    private static JsonNode figures(String id) throws Exception {
        var answer = calls.ask("GET", "/api/v1/cameras/" + id, admin, null);
        return new ObjectMapper().readTree(answer.body()).path("figures");
    }
}
