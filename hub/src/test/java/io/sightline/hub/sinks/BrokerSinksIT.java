package io.sightline.hub.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.IntegrationState;
import jakarta.jms.BytesMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerSinksIT {
    private static final String SOON = "retry: { first: 20ms, longest: 200ms }, timeout: 5s";

    @TempDir
    Path folder;

    private Broker broker;
    private SinkRig rig;

    @BeforeEach
    void start() throws Exception {
        broker = new Broker(folder.resolve("broker"));
        broker.start();
        rig = new SinkRig(folder);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"jms, tcp", "amqp, amqp"})
    void shouldSendToAQueueEachEventOnce(String scheme, String protocol) throws Exception {
        // Given
        rig.start("plant: { uri: '%s:queue:plant.events', server: '%s', guarantee: effectively-once, %s }"
                .formatted(scheme, broker.address(protocol), SOON));
        // When
        String first = rig.send("gate");
        await().atMost(Duration.ofSeconds(30)).until(() -> broker.messages("plant.events") == 1);
        rig.rig.send("sightline.detections.gate", first); // as after a crash between the send and the commit
        String second = rig.send("yard");
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.rig.spine.waiting("plant") == 0);
        try (var context = new ActiveMQConnectionFactory(broker.address("tcp")).createContext()) {
            var reader = context.createConsumer(context.createQueue("plant.events"));
            var got = (BytesMessage) reader.receive(5000);
            assertThat(got.getBody(byte[].class)).asString(UTF_8).isEqualTo(first);
            assertThat(got.getStringProperty("cloudEvents_id")).isEqualTo("0198-1");
            assertThat(got.getStringProperty("contentType")).isEqualTo("application/cloudevents+json");
            assertThat(reader.receive(5000).getBody(byte[].class))
                    .asString(UTF_8)
                    .isEqualTo(second);
            assertThat(reader.receiveNoWait()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"jms:queue, tcp", "amqp:queue, amqp", "paho, tcp", "paho-mqtt5, tcp"})
    void shouldHoldEventsThroughAnOutage(String scheme, String protocol) throws Exception {
        // Given: away at the start, and again later
        broker.stop();
        rig.start("plant: { uri: '%s:plant.events', server: '%s', %s }"
                .formatted(scheme, broker.address(protocol), SOON));
        rig.send("gate");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rig.state("plant").state()).isEqualTo(IntegrationState.OFFLINE));
        // When
        broker.start();
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.rig.spine.waiting("plant") == 0);
        // When
        broker.stop();
        rig.send("gate");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rig.state("plant").state()).isEqualTo(IntegrationState.OFFLINE));
        broker.start();
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.rig.spine.waiting("plant") == 0);
        assertThat(rig.state("plant").state()).isEqualTo(IntegrationState.ONLINE);
        assertThat(rig.rig.deadLetters.count()).isZero();
        if (scheme.endsWith("queue")) {
            assertThat(broker.messages("plant.events")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"paho", "paho-mqtt5"})
    void shouldPublishToTheTopicOfTheCamera(String scheme) throws Exception {
        // Given
        List<String> got = new CopyOnWriteArrayList<>();
        var reader = new MqttClient(broker.address("tcp"), "reader", new MemoryPersistence());
        reader.connect();
        try {
            reader.subscribe(
                    "plant/#", 1, (topic, message) -> got.add(topic + " " + new String(message.getPayload(), UTF_8)));
            rig.start("plant: { uri: '%s:plant/{kind}/{key}', server: '%s', %s }"
                    .formatted(scheme, broker.address("tcp"), SOON));
            // When
            String first = rig.send("gate");
            String second = rig.send("yard");
            // Then
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(got)
                    .containsExactly("plant/detections/gate " + first, "plant/detections/yard " + second));
        } finally {
            reader.disconnectForcibly(100, 100);
            reader.close();
        }
    }
}
