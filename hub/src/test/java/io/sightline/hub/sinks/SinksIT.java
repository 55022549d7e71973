package io.sightline.hub.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.IntegrationState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksIT {
    @TempDir
    Path folder;

    private Receiver erp;
    private Receiver plant;
    private SinkRig rig;

    @BeforeEach
    void start() throws Exception {
        erp = new Receiver();
        plant = new Receiver();
        rig = new SinkRig(folder);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        erp.close();
        plant.close();
    }

    @Test
    void shouldSendTheBytesOfTheSpineWithTheHeadersThatMayLeave() {
        // Given
        rig.start("erp: { uri: " + erp.address() + "/events }");
        // When
        String sent = rig.send("gate");
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly(sent));
        assertThat(erp.headers.get(0))
                .containsEntry("Content-type", java.util.List.of("application/cloudevents+json"))
                .containsEntry("Idempotency-key", java.util.List.of("0198-1"))
                .containsEntry("Ce-id", java.util.List.of("0198-1"))
                .containsKey("Traceparent");
        assertThat(erp.headers.get(0).keySet())
                .allMatch(name -> name.startsWith("Ce-")
                        || java.util.Set.of(
                                        "Content-type",
                                        "Idempotency-key",
                                        "Traceparent",
                                        "Host",
                                        "Connection",
                                        "User-agent",
                                        "Content-length",
                                        "Accept-encoding",
                                        "Upgrade")
                                .contains(name));
        await().untilAsserted(() -> assertThat(rig.rig.spine.waiting("erp")).isZero());
        assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.ONLINE);
    }

    @Test
    void shouldSendTheDataAlone() {
        // Given
        rig.start("erp: { uri: " + erp.address() + ", format: data }");
        // When
        rig.send("gate", Map.of("confidence", 0.5));
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly("{\"confidence\":0.5}"));
        assertThat(erp.headers.get(0)).containsEntry("Content-type", java.util.List.of("application/json"));
    }

    @Test
    void shouldSendOnlyWhatFilterAndCamerasWant() {
        // Given
        rig.start("""
                erp: { uri: %s, cameras: gate, filter: "event.data.confidence > 0.8" }
                plant: { uri: %s, from: [detections, scene] }
                """.formatted(erp.address(), plant.address()));
        // When
        String wanted = rig.send("gate", Map.of("confidence", 0.9));
        String weak = rig.send("gate", Map.of("confidence", 0.1));
        String other = rig.send("yard", Map.of("confidence", 0.9));
        // Then
        await().untilAsserted(() -> assertThat(plant.bodies).containsExactly(wanted, weak, other));
        await().untilAsserted(() -> assertThat(rig.rig.spine.waiting("erp")).isZero());
        assertThat(erp.bodies).containsExactly(wanted);
    }

    @Test
    void shouldKeepTheOrderThroughAnOutageAndHoldUpNobodyElse() {
        // Given
        erp.answer = body -> "401";
        rig.start("""
                erp: { uri: %s, retry: { first: 10ms, longest: 50ms } }
                plant: { uri: %s }
                """.formatted(erp.address(), plant.address()));
        // When
        String first = rig.send("gate");
        String second = rig.send("gate");
        // Then
        await().untilAsserted(() -> assertThat(plant.bodies).containsExactly(first, second));
        await().untilAsserted(() -> assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.OFFLINE));
        assertThat(rig.state("erp").reason()).contains("401");
        // When
        erp.answer = body -> "200";
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly(first, second));
        await().untilAsserted(() -> assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.ONLINE));
        assertThat(rig.rig.deadLetters.count()).isZero();
    }

    @Test
    void shouldPutARejectedEventToTheDeadLettersAsItCame() {
        // Given
        erp.answer = body -> body.contains("0198-1\"") ? "422" : "204";
        rig.start("erp: { uri: " + erp.address()
                + ", format: data, retry: { first: 10ms, longest: 20ms, attempts: 2 } }");
        erp.answer = body -> body.contains("bad") ? "422" : "204";
        // When
        String bad = rig.send("gate", Map.of("label", "bad"));
        rig.send("gate", Map.of("label", "good"));
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly("{\"label\":\"good\"}"));
        await().untilAsserted(() -> assertThat(rig.rig.deadLetters.list(9))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(new String(letter.event())).isEqualTo(bad);
                    assertThat(letter.attempts()).isEqualTo(2);
                    assertThat(letter.queue()).isEqualTo("sightline.sinks.erp");
                    assertThat(letter.cause()).contains("422");
                }));
    }

    @Test
    void shouldPutAnEventThatNoFilterCanReadToTheDeadLettersAtOnce() {
        // Given
        rig.start("erp: { uri: " + erp.address() + ", filter: \"event.data.label > 3\" }");
        // When
        rig.send("gate", Map.of("label", "text"));
        String good = rig.send("gate", Map.of("label", 4));
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly(good));
        await().untilAsserted(() -> assertThat(rig.rig.deadLetters.list(9))
                .singleElement()
                .satisfies(letter -> assertThat(letter.attempts()).isEqualTo(1)));
    }

    @Test
    void shouldLoseAndCountWhereASinkMayLose() {
        // Given
        erp.answer = body -> "503";
        rig.start("erp: { uri: " + erp.address() + ", guarantee: at-most-once }");
        // When
        rig.send("gate");
        rig.send("gate");
        // Then
        await().untilAsserted(() -> assertThat(rig.steps.lost("erp")).isEqualTo(2));
        await().untilAsserted(() -> assertThat(rig.rig.spine.waiting("erp")).isZero());
        assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.OFFLINE);
        // When
        erp.answer = body -> "200";
        String third = rig.send("gate");
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly(third));
        await().untilAsserted(() -> assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.ONLINE));
    }

    @Test
    void shouldTouchOnlyTheSinkThatChanged() {
        // Given
        String plantSink = "plant: { uri: " + plant.address() + " }\n";
        rig.start("erp: { uri: " + erp.address() + " }\n" + plantSink);
        var plantRoute = rig.rig.camel.getRoute("spine-to-sink-plant");
        // When
        rig.change("erp: { uri: " + erp.address() + "/v2, format: data }\n" + plantSink);
        // Then
        rig.send("gate", Map.of("a", 1));
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly("{\"a\":1}"));
        assertThat(rig.rig.camel.getRoute("spine-to-sink-plant")).isSameAs(plantRoute);
        // When
        rig.change(plantSink);
        // Then
        assertThat(rig.rig.camel.getRoute("spine-to-sink-erp")).isNull();
        assertThat(rig.rig.integrations.find("sink", "erp")).isEmpty();
        assertThat(rig.rig.spine.orphans()).singleElement().satisfies(orphan -> assertThat(orphan.queue())
                .isEqualTo("sightline.sinks.erp"));
        assertThat(rig.rig.camel.getRoute("spine-to-sink-plant")).isSameAs(plantRoute);
        // When
        rig.change("erp: { uri: " + erp.address() + " }\n" + plantSink);
        // Then
        assertThat(rig.rig.spine.orphans()).isEmpty();
    }

    @Test
    void shouldBeOfflineWhereTheEndpointCannotBeMadeAndKeepItsEvents() {
        // Given
        rig.start("""
                erp: { uri: "%s?noSuchOption=1&httpClient.noSuch=2&copyHeaders=maybe" }
                plant: { uri: %s }
                """.formatted(erp.address(), plant.address()));
        // When
        String sent = rig.send("gate");
        // Then
        await().untilAsserted(() -> assertThat(plant.bodies).containsExactly(sent));
        assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.OFFLINE);
        assertThat(rig.state("erp").code()).isEqualTo("MISCONFIGURED");
        await().untilAsserted(() -> assertThat(rig.rig.spine.waiting("erp")).isEqualTo(1));
        // When
        rig.change("erp: { uri: " + erp.address() + " }\nplant: { uri: " + plant.address() + " }");
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly(sent));
    }

    @Test
    void shouldKeepTheEventsOfADisabledSink() {
        // Given
        rig.start("erp: { uri: " + erp.address() + ", enabled: false }");
        String sent = rig.send("gate");
        await().untilAsserted(() -> assertThat(rig.rig.spine.waiting("erp")).isEqualTo(1));
        assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.DISABLED);
        assertThat(rig.rig.spine.orphans()).isEmpty();
        // When
        rig.change("erp: { uri: " + erp.address() + " }");
        // Then
        await().untilAsserted(() -> assertThat(erp.bodies).containsExactly(sent));
    }

    @Test
    void shouldEndAnAnswerThatDoesNotCome() {
        // Given
        var once = new java.util.concurrent.CountDownLatch(1);
        erp.answer = body -> {
            try {
                once.await(5, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "200";
        };
        rig.start("erp: { uri: " + erp.address() + ", timeout: 200ms, retry: { first: 10ms, longest: 10ms } }");
        // When
        rig.send("gate");
        // Then
        await().atMost(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.OFFLINE));
        once.countDown();
        await().untilAsserted(() -> assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.ONLINE));
    }
}
