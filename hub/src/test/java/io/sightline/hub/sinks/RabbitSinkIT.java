package io.sightline.hub.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.sightline.hub.status.IntegrationState;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@EnabledForJreRange(
        max = JRE.JAVA_23,
        disabledReason = "the embedded Qpid Broker-J asks for Subject.getSubject, which Java has not had since 24")
class RabbitSinkIT {
    private static final String CONFIGURATION = """
            {"name": "broker", "modelVersion": "9.0",
             "authenticationproviders": [{"name": "plain", "type": "Plain", "secureOnlyMechanisms": "[]",
               "users": [{"name": "hub", "type": "managed", "password": "hubpass"}]}],
             "ports": [{"name": "AMQP", "port": "%d", "bindingAddress": "127.0.0.1", "authenticationProvider": "plain",
               "protocols": ["AMQP_0_9_1"],
               "virtualhostaliases": [{"name": "nameAlias", "type": "nameAlias"},
                 {"name": "defaultAlias", "type": "defaultAlias"}]}],
             "virtualhostnodes": [{"name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
               "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"}]}
            """;

    @TempDir
    Path folder;

    private int port;
    private SystemLauncher broker;
    private SinkRig rig;

    @BeforeEach
    void start() throws Exception {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("qpid.json"), CONFIGURATION.formatted(port));
        startBroker();
        rig = new SinkRig(folder);
    }

    private void startBroker() throws Exception {
        broker = new SystemLauncher();
        broker.startup(Map.of(
                "type", "Memory",
                "initialConfigurationLocation", folder.resolve("qpid.json").toString(),
                "startupLoggedToSystemOut", "false"));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        broker.shutdown();
    }

    @Test
    void shouldRouteByKindAndCameraAndKeepWhatNoQueueIsFor() throws Exception {
        // Given
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("plant", "topic", true);
            channel.queueDeclare("gates", true, false, false, null);
            channel.queueBind("gates", "plant", "sightline.detections.gate");
            rig.start(sink());
            // When
            String wanted = rig.send("gate");
            String unroutable = rig.send("yard");
            // Then: this broker refuses what RabbitMQ gives back; neither counts as delivered
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(rig.state("plant").state()).isEqualTo(IntegrationState.OFFLINE));
            var got = channel.basicGet("gates", true);
            assertThat(new String(got.getBody(), UTF_8)).isEqualTo(wanted);
            assertThat(got.getProps().getMessageId()).isEqualTo("0198-1");
            assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
            assertThat(got.getProps().getContentType()).isEqualTo("application/cloudevents+json");
            assertThat(got.getProps().getHeaders()).containsKey("cloudEvents_id");
            assertThat(rig.rig.spine.waiting("plant")).isEqualTo(1);
            // When
            channel.queueBind("gates", "plant", "sightline.detections.yard");
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> rig.rig.spine.waiting("plant") == 0);
            assertThat(new String(channel.basicGet("gates", true).getBody(), UTF_8))
                    .isEqualTo(unroutable);
        }
    }

    @Test
    void shouldHoldEventsWhileTheExchangeIsMissingOrTheBrokerAway() throws Exception {
        // Given
        rig.start(sink());
        rig.send("gate");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rig.state("plant").state()).isEqualTo(IntegrationState.OFFLINE));
        // When
        broker.shutdown();
        startBroker();
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("plant", "fanout", true);
            channel.queueDeclare("all", true, false, false, null);
            channel.queueBind("all", "plant", "");
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> rig.rig.spine.waiting("plant") == 0);
            assertThat(channel.messageCount("all")).isEqualTo(1);
            assertThat(rig.rig.deadLetters.count()).isZero();
        }
    }

    private String sink() {
        return "plant: { uri: 'spring-rabbitmq:plant', server: 'amqp://127.0.0.1:" + port
                + "', username: hub, password: hubpass, timeout: 3s, retry: { first: 20ms, longest: 200ms, attempts: 2 } }";
    }

    private Connection connect() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri("amqp://hub:hubpass@127.0.0.1:" + port);
        return factory.newConnection();
    }
}
