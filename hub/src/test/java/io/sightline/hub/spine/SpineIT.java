package io.sightline.hub.spine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.Integrations;
import io.sightline.processors.Event.Kind;
import jakarta.jms.BytesMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpineIT {
    private static final String EVENT = "{\"id\":\"1\",\"name\":\"Jos\u00e9\"}";

    @TempDir
    Path folder;

    private TestSpine spine;

    @BeforeEach
    void start() {
        spine = new TestSpine(folder);
    }

    @AfterEach
    void stop() {
        spine.close();
    }

    @Test
    void shouldGiveTheSameBytesToEveryProtocol() throws Exception {
        // Given
        spine.spine.ensureCamera("gate");
        var core = new ActiveMQConnectionFactory(spine.core());
        var amqp = new JmsConnectionFactory(spine.amqp());
        try (var jms = core.createContext("viewer", "viewer-pw");
                var qpid = amqp.createContext("viewer", "viewer-pw");
                var mqtt = new MqttReader(spine.mqtt(), "reader", "viewer")) {
            var jmsReader = jms.createConsumer(jms.createTopic("sightline.detections.gate"));
            var qpidReader = qpid.createConsumer(qpid.createTopic("sightline.detections.gate"));
            mqtt.subscribe("sightline/detections/gate");
            // When
            spine.send("sightline.detections.gate", EVENT);
            // Then
            var byJms = (BytesMessage) jmsReader.receive(5000);
            assertThat(SpineMessages.bytes(byJms)).asString(UTF_8).isEqualTo(EVENT);
            var byAmqp = (BytesMessage) qpidReader.receive(5000);
            assertThat(SpineMessages.bytes(byAmqp)).asString(UTF_8).isEqualTo(EVENT);
            var facade = (AmqpJmsMessageFacade) ((JmsMessage) byAmqp).getFacade();
            assertThat((Object) facade.getContentType()).hasToString("application/cloudevents+json");
            var byMqtt = mqtt.next(5000);
            assertThat(byMqtt).isNotNull();
            assertThat(byMqtt.message().getPayload()).asString(UTF_8).isEqualTo(EVENT);
            assertThat(byMqtt.message().getProperties().getContentType()).isEqualTo("application/cloudevents+json");
        }
    }

    @Test
    void shouldGiveWildcardSubscribersTheEventsOfACameraAddedLater() throws Exception {
        try (var mqtt = new MqttReader(spine.mqtt(), "reader", "viewer")) {
            // Given
            mqtt.subscribe("sightline/detections/#");
            // When
            spine.spine.ensureCamera("later");
            spine.send("sightline.detections.later", EVENT);
            // Then
            var got = mqtt.next(5000);
            assertThat(got).isNotNull();
            assertThat(got.topic()).isEqualTo("sightline/detections/later");
        }
    }

    @Test
    void shouldDivertEventsOfItsKindsIntoASink() throws Exception {
        // Given
        spine.spine.ensureCamera("before");
        spine.spine.ensureSink("store", EnumSet.allOf(Kind.class), "test");
        spine.spine.ensureSink("siren", Set.of(Kind.SCENE), "test");
        spine.spine.ensureCamera("after");
        // When
        spine.send("sightline.detections.before", EVENT);
        spine.send("sightline.detections.after", EVENT);
        spine.send("sightline.scene.after", EVENT);
        spine.send("sightline.observations.after", EVENT);
        // Then
        await().untilAsserted(() -> assertThat(spine.spine.waiting("store")).isEqualTo(3));
        await().untilAsserted(() -> assertThat(spine.spine.waiting("siren")).isEqualTo(1));
    }

    @Test
    void shouldDropTheOldestOfAQueueOverItsBudget() throws Exception {
        // Given
        spine.spine.ensureCamera("gate");
        spine.spine.ensureSink("siren", Set.of(Kind.DETECTION), "test");
        var integrations = new Integrations(Clock.systemUTC());
        var keeper = new QueueKeeper(spine.server.broker(), spine.spine, integrations, Clock.systemUTC());
        var queue = spine.server.broker().locateQueue("sightline.sinks.siren");
        for (int i = 0; i < 20; i++) {
            spine.send("sightline.detections.gate", "x".repeat(1000));
        }
        // When
        keeper.keep(queue, new SinkLimits.Budget(10_000, Duration.ofDays(1), false));
        // Then
        assertThat(keeper.dropped()).isBetween(10L, 19L);
        await().until(() -> spine.spine.waiting("siren") == 20 - keeper.dropped());
        assertThat(integrations.find("sink", "siren").orElseThrow().reason()).contains("oldest");
        // When
        var later =
                Clock.offset(Clock.systemUTC(), SinkLimits.USUAL.budget().age().plusHours(1));
        new QueueKeeper(spine.server.broker(), spine.spine, integrations, later).sweep();
        // Then
        await().until(() -> spine.spine.waiting("siren") == 0);
    }

    @Test
    void shouldDropTheNewestWhereASinkSaysSo() throws Exception {
        // Given
        spine.spine.ensureCamera("gate");
        spine.spine.ensureSink("siren", Set.of(Kind.DETECTION), "test");
        var limits = new SinkLimits();
        var budget = new SinkLimits.Budget(10_000, Duration.ofDays(1), true);
        limits.put("siren", new SinkLimits.Limits(budget, SinkLimits.USUAL.retry()));
        var integrations = new Integrations(Clock.systemUTC());
        var keeper = new QueueKeeper(
                spine.server.broker(), new QueueKeeper.Rules(spine.spine, limits), integrations, Clock.systemUTC());
        var queue = spine.server.broker().locateQueue("sightline.sinks.siren");
        for (int i = 0; i < 20; i++) {
            spine.send("sightline.detections.gate", i + "x".repeat(1000));
        }
        long first = sent(queue);
        // When
        keeper.sweep();
        // Then
        assertThat(keeper.dropped()).isBetween(8L, 19L);
        assertThat(sent(queue)).isEqualTo(first);
        assertThat(integrations.find("sink", "siren").orElseThrow().reason()).contains("newest");
    }

    private static long sent(org.apache.activemq.artemis.core.server.Queue queue) {
        try (var messages = queue.browserIterator()) {
            return messages.next().getMessage().getMessageID();
        }
    }

    @Test
    void shouldDropTheOldestOfAClientThatReadsTooSlowly() throws Exception {
        // Given: one that reads nothing, and has nothing sent ahead
        spine.spine.ensureCamera("gate");
        var keeper = new QueueKeeper(
                spine.server.broker(), spine.spine, new Integrations(Clock.systemUTC()), Clock.systemUTC());
        try (var slow = new ActiveMQConnectionFactory(spine.core() + "?consumerWindowSize=0")
                .createContext("viewer", "viewer-pw")) {
            var reader = slow.createConsumer(slow.createTopic("sightline.detections.gate"));
            var queue = spine.spine
                    .queues()
                    .filter(one -> one.getAddress().toString().equals("sightline.detections.gate"))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < 240; i++) {
                spine.send("sightline.detections.gate", i + "x".repeat(50_000));
            }
            assertThat(queue.isDurable()).isFalse();
            assertThat(queue.getPagingStore().isPaging()).isTrue();
            // When
            keeper.sweep();
            assertThat(keeper.droppedPassing()).isZero();
            keeper.keep(queue, new SinkLimits.Budget(2_000_000, Duration.ofDays(1), false));
            // Then
            assertThat(keeper.droppedPassing()).isBetween(190L, 215L);
            assertThat(keeper.dropped()).isZero();
            assertThat(SpineMessages.bytes((BytesMessage) reader.receive(5000)))
                    .asString(UTF_8)
                    .startsWith(keeper.droppedPassing() + "x");
            // When: what is left grows old
            var later =
                    Clock.offset(Clock.systemUTC(), QueueKeeper.PASSING.age().plusMinutes(1));
            new QueueKeeper(spine.server.broker(), spine.spine, new Integrations(later), later).sweep();
            // Then
            assertThat(reader.receive(500)).isNull();
        }
    }
}
