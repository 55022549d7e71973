package io.sightline.hub.spine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkRouteIT {
    private static final String ROUTE = """
            - route:
                id: detections-to-siren
                from:
                  uri: kamelet:sightline-events-source?name=siren
                  steps:
                    - process: { ref: siren }
            """;

    @TempDir
    Path folder;

    private final List<String> got = new CopyOnWriteArrayList<>();
    private TestSpine spine;
    private DeadLetters deadLetters;
    private Integrations integrations;
    private DefaultCamelContext camel;
    private volatile Receiver receiver = body -> {};

    @BeforeEach
    void start() throws Exception {
        spine = new TestSpine(folder);
        spine.spine.ensureCamera("gate");
        deadLetters = new DeadLetters(spine.connections, spine.spine, spine.accounts);
        integrations = new Integrations(Clock.systemUTC());
        camel = new DefaultCamelContext();
        camel.getShutdownStrategy().setTimeout(5);
        var retries = new RetryInOrder(
                deadLetters,
                spine.accounts,
                new RetryInOrder.Surroundings(integrations, new SinkLimits(), Clock.systemUTC()));
        camel.getRegistry().bind("pauseBeforeRetry", (Processor) retries::pause);
        camel.getRegistry().bind("delivered", (Processor) retries::succeeded);
        camel.getRegistry().bind("retryOrDeadLetter", (Processor) retries::failed);
        camel.getRegistry().bind("filtered", (Processor) retries::succeeded);
        camel.getRegistry().bind("siren", (Processor) this::receive);
        camel.addComponent("spine", SpineComponents.component(spine.connections));
        var kamelets = new KameletComponent();
        kamelets.setLocation("classpath:sightline/routes/kamelets");
        camel.addComponent("kamelet", kamelets);
        SpineConfiguration.quiet(camel);
        camel.addRoutePolicyFactory(new SinkRoutes(spine.spine));
        camel.start();
        load();
    }

    @AfterEach
    void stop() throws IOException {
        camel.close();
        spine.close();
    }

    @Test
    void shouldMakeTheQueueBeforeTheRouteReadsIt() throws Exception {
        // When
        spine.send("sightline.detections.gate", "1");
        spine.send("sightline.scene.gate", "not asked for");
        spine.send("sightline.detections.gate", "2");
        // Then
        await().untilAsserted(() -> assertThat(got).containsExactly("1", "2"));
        await().untilAsserted(() -> assertThat(spine.spine.waiting("siren")).isZero());
    }

    @Test
    void shouldRefuseARouteThatTakesTheSinkOfAnother() throws Exception {
        // Given
        String second = ROUTE.replace("detections-to-siren", "second").replace("name=siren", "name=siren&kind=scene");
        // When
        var refused = assertThatThrownBy(() ->
                PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("second.camel.yaml", second)));
        // Then
        refused.hasStackTraceContaining("sink 'siren' belongs to route ");
        spine.send("sightline.detections.gate", "1");
        await().untilAsserted(() -> assertThat(got).containsExactly("1"));
    }

    @Test
    void shouldGiveARouteOnlyWhatItsFilterWants() throws Exception {
        // Given
        String picky = """
                - route:
                    id: detections-to-picky
                    from:
                      uri: kamelet:sightline-events-source
                      parameters: { name: picky, filter: "event.data.n > 1" }
                      steps:
                        - process: { ref: picky }
                """;
        var wanted = new CopyOnWriteArrayList<String>();
        camel.getRegistry().bind("picky", (Processor)
                exchange -> wanted.add(exchange.getMessage().getBody(String.class)));
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("picky.camel.yaml", picky));
        // When
        for (int n = 1; n <= 3; n++) {
            spine.send("sightline.detections.gate", "{\"id\":\"1\",\"data\":{\"n\":" + n + "}}");
        }
        // Then
        await().untilAsserted(() -> assertThat(wanted).hasSize(2).allMatch(event -> !event.contains("\"n\":1}")));
        await().untilAsserted(() -> assertThat(spine.spine.waiting("picky")).isZero());
    }

    @Test
    void shouldKeepTheOrderThroughAnOutage() throws Exception {
        // Given
        var failures = new CopyOnWriteArrayList<String>();
        receiver = body -> {
            if (body.equals("1") && failures.size() < 4) {
                failures.add(body);
                throw new IOException("nobody at smtp://hub:secret@mail");
            }
        };
        // When
        for (String event : List.of("0", "1", "2", "3")) {
            spine.send("sightline.detections.gate", event);
        }
        // Then
        await().untilAsserted(
                        () -> assertThat(integrations.find("sink", "siren")).hasValueSatisfying(siren -> {
                            assertThat(siren.state()).isEqualTo(IntegrationState.OFFLINE);
                            assertThat(siren.reason()).contains("nobody at").doesNotContain("secret");
                        }));
        await().untilAsserted(() -> assertThat(got).containsExactly("0", "1", "2", "3"));
        assertThat(failures).hasSize(4);
        assertThat(deadLetters.count()).isZero();
        assertThat(integrations.find("sink", "siren").orElseThrow().state()).isEqualTo(IntegrationState.ONLINE);
    }

    @Test
    void shouldPutWhatIsRejectedToTheDeadLettersAndReplayIt() throws Exception {
        // Given
        receiver = body -> {
            if (body.equals("bad")) {
                throw new IllegalArgumentException("no such siren");
            }
        };
        // When
        spine.send("sightline.detections.gate", "bad");
        spine.send("sightline.detections.gate", "good");
        // Then
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(got).containsExactly("good"));
        await().untilAsserted(() -> assertThat(deadLetters.count()).isEqualTo(1));
        DeadLetter letter = deadLetters.list(10).get(0);
        assertThat(letter.queue()).isEqualTo("sightline.sinks.siren");
        assertThat(letter.cause()).contains("no such siren");
        assertThat(letter.attempts()).isEqualTo(RetryInOrder.ATTEMPTS);
        assertThat(letter.event()).asString(UTF_8).isEqualTo("bad");
        // When
        receiver = body -> {};
        assertThat(deadLetters.replay(letter.id())).isTrue();
        // Then
        await().untilAsserted(() -> assertThat(got).containsExactly("good", "bad"));
        await().untilAsserted(() -> assertThat(deadLetters.count()).isZero());
        assertThat(deadLetters.replay(letter.id())).isFalse();
    }

    @Test
    void shouldStopWhileItWaitsAndLoseNothing() throws Exception {
        // Given
        receiver = body -> {
            throw new IOException("away");
        };
        spine.send("sightline.detections.gate", "1");
        await().untilAsserted(
                        () -> assertThat(integrations.find("sink", "siren")).isPresent());
        // When
        long begin = System.nanoTime();
        camel.stop();
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(spine.spine.waiting("siren")).isEqualTo(1);
    }

    @Test
    void shouldShowTheQueueOfAGoneRouteAsOrphanAndRemoveIt() throws Exception {
        // When
        camel.getRouteController().stopRoute("detections-to-siren");
        camel.removeRoute("detections-to-siren");
        for (var route : camel.getRoutes()) {
            camel.getRouteController().stopRoute(route.getId());
            camel.removeRoute(route.getId());
        }
        spine.send("sightline.detections.gate", "1");
        await().until(() -> spine.spine.waiting("siren") == 1);
        // Then
        assertThat(spine.spine.orphans()).singleElement().satisfies(orphan -> {
            assertThat(orphan.queue()).isEqualTo("sightline.sinks.siren");
            assertThat(orphan.owner()).isNull();
            assertThat(orphan.messages()).isEqualTo(1);
        });
        assertThat(spine.spine.removeOrphan("sightline.sinks.siren")).isTrue();
        assertThat(spine.spine.orphans()).isEmpty();
        spine.send("sightline.detections.gate", "2");
        assertThat(spine.spine.exists("sightline.sinks.siren")).isFalse();
    }

    private void receive(Exchange exchange) throws Exception {
        String body = exchange.getMessage().getBody(String.class);
        receiver.take(body);
        got.add(body);
    }

    private void load() throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("siren.camel.yaml", ROUTE));
    }

    private interface Receiver {
        void take(String body) throws Exception;
    }
}
