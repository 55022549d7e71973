package io.sightline.hub.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.IntegrationState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

class KafkaSinkIT {
    private static EmbeddedKafkaKraftBroker kafka;

    @TempDir
    Path folder;

    private SinkRig rig;

    @BeforeAll
    static void startKafka() {
        kafka = new EmbeddedKafkaKraftBroker(1, 2, "sightline.detections");
        kafka.brokerProperty("message.max.bytes", "100000");
        kafka.afterPropertiesSet();
    }

    @AfterAll
    static void stopKafka() {
        kafka.destroy();
    }

    @BeforeEach
    void start() throws Exception {
        rig = new SinkRig(folder);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void shouldSendWithKeyAndHeadersAndRejectWhatIsTooLarge() {
        // Given
        rig.start("plant: { uri: 'kafka:sightline.{kind}', server: '" + kafka.getBrokersAsString()
                + "', guarantee: effectively-once, retry: { first: 10ms, longest: 50ms, attempts: 2 } }");
        // When
        String first = rig.send("gate");
        String large = rig.send("gate", Map.of("text", "x".repeat(200_000)));
        String last = rig.send("yard");
        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> rig.rig.spine.waiting("plant") == 0);
        List<ConsumerRecord<String, String>> records = read(2);
        assertThat(records).extracting(ConsumerRecord::value).containsExactlyInAnyOrder(first, last);
        ConsumerRecord<String, String> gate = records.stream()
                .filter(one -> one.value().equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(gate.key()).isEqualTo("gate");
        assertThat(header(gate, "content-type")).isEqualTo("application/cloudevents+json");
        assertThat(header(gate, "ce_id")).isEqualTo("0198-1");
        assertThat(gate.headers().headers("ce_sequence")).hasSize(1);
        assertThat(gate.headers())
                .allMatch(one -> one.key().startsWith("ce_")
                        || List.of("content-type", "traceparent").contains(one.key()));
        assertThat(rig.rig.deadLetters.list(5)).singleElement().satisfies(letter -> {
            assertThat(new String(letter.event(), UTF_8)).isEqualTo(large);
            assertThat(letter.cause()).contains("RecordTooLarge");
        });
    }

    @Test
    void shouldBeOfflineWhileNoBrokerAnswers() {
        // Given
        rig.start("plant: { uri: 'kafka:sightline.detections?saslMechanism=PLAIN&securityProtocol=SASL_PLAINTEXT',"
                + " server: '127.0.0.1:1', username: hub, password: 'ge)h\"eim', timeout: 500ms }");
        // When
        rig.send("gate");
        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rig.state("plant").state()).isEqualTo(IntegrationState.OFFLINE));
        assertThat(rig.state("plant").code()).isEqualTo("UNREACHABLE");
        assertThat(rig.rig.deadLetters.count()).isZero();
    }

    private static String header(ConsumerRecord<String, String> got, String name) {
        return new String(got.headers().lastHeader(name).value(), UTF_8);
    }

    private static List<ConsumerRecord<String, String>> read(int count) {
        var records = new ArrayList<ConsumerRecord<String, String>>();
        var settings = Map.<String, Object>of(
                "bootstrap.servers", kafka.getBrokersAsString(), "group.id", "reader", "auto.offset.reset", "earliest");
        try (var reader = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            reader.subscribe(List.of("sightline.detections"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                reader.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }
}
