package io.sightline.hub.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.hub.launcher.UsageException;
import io.sightline.hub.security.Role;
import io.sightline.hub.settings.PortSettings;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginsIT {
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private TestSpine spine;

    @BeforeEach
    void start() {
        spine = new TestSpine(folder, 1, clock);
        spine.spine.ensureCamera("gate");
    }

    @AfterEach
    void stop() {
        spine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void shouldRefuseAWrongOrMissingLogin(String protocol) {
        assertThatThrownBy(() -> connect(protocol, "viewer", "wrong")).isInstanceOf(JMSRuntimeException.class);
        assertThatThrownBy(() -> connect(protocol, null, null)).isInstanceOf(JMSRuntimeException.class);
        assertThatThrownBy(
                        () -> connect(protocol, "#hub", spine.server.internal().password()))
                .isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    void shouldRefuseAWrongOrMissingLoginByMqtt() {
        assertThatThrownBy(() -> new MqttReader(spine.mqtt(), "a", "viewer", "wrong", 0))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> new MqttReader(spine.mqtt(), "b", null, null, 0))
                .isInstanceOf(MqttException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void shouldLetViewersSubscribeButNotKeepNorSend(String protocol) throws Exception {
        try (var viewer = factory(protocol).createContext("viewer", "viewer-pw")) {
            viewer.setClientID("viewer-" + protocol);
            var topic = viewer.createTopic("sightline.detections.gate");
            var reader = viewer.createConsumer(topic);
            assertThatThrownBy(() -> viewer.createDurableConsumer(topic, "kept"))
                    .isInstanceOf(JMSRuntimeException.class);
            spine.send("sightline.detections.gate", "1");
            assertThat(reader.receive(5000)).isNotNull();
        }
        try (var viewer = factory(protocol).createContext("viewer", "viewer-pw")) {
            assertThatThrownBy(() ->
                            viewer.createProducer().send(viewer.createTopic("sightline.detections.gate"), "forged"))
                    .isInstanceOf(JMSRuntimeException.class);
        }
        try (var viewer = factory(protocol).createContext("viewer", "viewer-pw")) {
            assertThatThrownBy(() -> viewer.createConsumer(viewer.createQueue("dead-letters")))
                    .isInstanceOf(JMSRuntimeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void shouldLetIntegrationsKeepAQueueThatOthersCannotRead(String protocol) throws Exception {
        // Given
        var topic = "sightline.detections.gate";
        spine.users.add("other", Role.INTEGRATION);
        try (var erp = factory(protocol).createContext("integration", "integration-pw")) {
            erp.setClientID("erp");
            erp.createDurableConsumer(erp.createTopic(topic), "all").close();
        }
        // When
        spine.send(topic, "1");
        // Then
        try (var other = factory(protocol).createContext("other", "other-pw")) {
            other.setClientID("erp");
            assertThatThrownBy(() -> other.createDurableConsumer(other.createTopic(topic), "all")
                            .receive(500))
                    .isInstanceOf(JMSRuntimeException.class);
        }
        assertThat(spine.spine.orphans()).singleElement().satisfies(orphan -> assertThat(orphan.owner())
                .isEqualTo("integration"));
        try (var erp = factory(protocol).createContext("integration", "integration-pw")) {
            erp.setClientID("erp");
            var again = erp.createDurableConsumer(erp.createTopic(topic), "all");
            assertThat(again.receive(5000)).isNotNull();
        }
    }

    @Test
    void shouldEndTheQueueOfAViewerWithItsMqttConnection() throws Exception {
        try (var viewer = new MqttReader(spine.mqtt(), "tablet", "viewer")) {
            assertThat(viewer.subscribe("sightline/#")).isLessThan(0x80);
            assertThat(spine.spine
                            .queues()
                            .filter(queue -> queue.getName().toString().startsWith("tablet")))
                    .singleElement()
                    .satisfies(queue -> assertThat(queue.isDurable()).isFalse());
            assertThat(viewer.subscribe("sightline/sinks/#")).isEqualTo(NOT_AUTHORIZED);
            assertThat(viewer.subscribe("#")).isEqualTo(NOT_AUTHORIZED);
        }
    }

    @Test
    void shouldKeepTheMqttSessionOfAnIntegration() throws Exception {
        // Given
        try (var erp = new MqttReader(spine.mqtt(), "erp", "integration", "integration-pw", 3600)) {
            erp.subscribe("sightline/detections/#");
        }
        // When
        spine.send("sightline.detections.gate", "while away");
        // Then
        try (var erp = new MqttReader(spine.mqtt(), "erp", "integration", "integration-pw", 3600)) {
            assertThat(erp.next(5000)).isNotNull();
        }
    }

    @Test
    void shouldLetNobodyMakeQueuesOfTheirOwn() {
        try (var admin = factory("core").createContext("admin", "admin-pw")) {
            assertThatThrownBy(() -> admin.createConsumer(admin.createQueue("sightline.detections.gate")))
                    .isInstanceOf(JMSRuntimeException.class);
        }
    }

    @Test
    void shouldLimitDurableSubscriptionsOfAUser() {
        try (var erp = factory("core").createContext("integration", "integration-pw")) {
            erp.setClientID("erp");
            var topic = erp.createTopic("sightline.detections.gate");
            for (int i = 0; i < ClientQueues.DURABLE_PER_USER; i++) {
                erp.createDurableConsumer(topic, "s" + i).close();
            }
            assertThatThrownBy(() -> erp.createDurableConsumer(topic, "one more"))
                    .isInstanceOf(JMSSecurityRuntimeException.class)
                    .hasMessageContaining("at most 50");
        }
    }

    @Test
    void shouldRememberARightPasswordForAShortTimeOnly() {
        // Given
        connect("core", "viewer", "viewer-pw");
        int asked = spine.users.asked.get();
        connect("core", "viewer", "viewer-pw");
        assertThat(spine.users.asked.get()).isEqualTo(asked);
        // When
        spine.users.password("viewer", "new");
        clock.now = clock.now.plus(BrokerLogins.MEMORY);
        // Then
        assertThatThrownBy(() -> connect("core", "viewer", "viewer-pw")).isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    void shouldSayWhichPortIsInUse() {
        var taken = new PortSettings("127.0.0.1", 0, 0, 0, spine.ports.amqp(), 0);
        var second = new SpineServer(
                new io.sightline.hub.data.DataFolder(folder.resolve("second"), "hub-second", 1),
                taken,
                spine.users,
                clock);
        assertThatThrownBy(() -> second.start(taken))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("port " + spine.ports.amqp())
                .hasMessageContaining("sightline.ports.amqp");
    }

    private void connect(String protocol, String user, String password) {
        try (var context = factory(protocol).createContext(user, password)) {
            context.start();
            context.createTopic("sightline.detections.gate");
        }
    }

    private ConnectionFactory factory(String protocol) {
        return protocol.equals("core")
                ? new ActiveMQConnectionFactory(spine.core())
                : new JmsConnectionFactory(spine.amqp());
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
