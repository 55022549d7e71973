package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.sinks.SinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkKeysTest {
    @TempDir
    Path folder;

    private SettingsFolder settingsFolder;

    @BeforeEach
    void makeFolder() throws IOException {
        settingsFolder = new SettingsFolder(folder);
    }

    @Test
    void shouldTakeDefaultsWhereOnlyTheAddressIsGiven() throws IOException {
        var settings = settingsFolder.load("sightline: { sinks: { erp: { uri: 'https://erp.example.com' } } }\n");

        assertThat(settings.sinks().get("erp"))
                .isEqualTo(new SinkSettings(
                        "erp",
                        "https://erp.example.com",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        "cloudevents",
                        "at-least-once",
                        new SinkSettings.Retry(Duration.ofMillis(100), Duration.ofSeconds(30), 10),
                        10L << 30,
                        Duration.ofDays(30),
                        "drop-oldest",
                        Duration.ofSeconds(30)));
    }

    @Test
    void shouldTakeEveryKey() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "certificates");
        var settings = settingsFolder.load("""
                sightline:
                  detectors: { people: { type: hog } }
                  cameras: { gate: { uri: "demo:crossing", detector: people } }
                  sinks:
                    plant:
                      uri: "kafka:sightline.{kind}?saslMechanism=PLAIN"
                      enabled: false
                      server: broker-1:9093
                      username: hub
                      password: geheim
                      ca-file: ca.pem
                      from: [detections, scene]
                      cameras: gate
                      filter: "event.data.confidence > 0.8"
                      format: data
                      guarantee: effectively-once
                      retry: { first: 1s, longest: 2m, attempts: 3 }
                      budget: 2GiB
                      budget-age: 7d
                      when-full: drop-newest
                      timeout: 5s
                """);

        SinkSettings plant = settings.sinks().get("plant");
        assertThat(plant)
                .isEqualTo(new SinkSettings(
                        "plant",
                        "kafka:sightline.{kind}?saslMechanism=PLAIN",
                        false,
                        Optional.of("broker-1:9093"),
                        Optional.of("hub"),
                        Optional.of("geheim"),
                        Optional.of(folder.toAbsolutePath().resolve("ca.pem")),
                        Set.of("detections", "scene"),
                        Set.of("gate"),
                        Optional.of("event.data.confidence > 0.8"),
                        "data",
                        "effectively-once",
                        new SinkSettings.Retry(Duration.ofSeconds(1), Duration.ofMinutes(2), 3),
                        2L << 30,
                        Duration.ofDays(7),
                        "drop-newest",
                        Duration.ofSeconds(5)));
        assertThat(plant.toString()).doesNotContain("geheim");
        assertThat(SettingsLoader.secretKeys()).contains("password");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | sinks.s: 'uri' is missing",
                "{ uri: kafak:x } | sinks.s.uri: got an address of 'kafak', allowed is that of a receiver",
                "{ uri: kafak:x } | did you mean 'kafka'",
                "{ uri: nothing } | sinks.s.uri: got an address of 'no scheme'",
                "{ uri: 'bean:integrations' } | sinks.s.uri: got an address of 'bean', allowed is",
                "{ uri: 'https://u:p@erp/x' } | sinks.s.uri: allowed is an address with a host and without a login",
                "{ uri: 'https://erp/x', server: 'tcp://a' } | sinks.s.server: got one, but the address of https says it all",
                "{ uri: 'https://erp/x', password: x } | sinks.s.password: got one without username",
                "{ uri: 'https://erp/x?throwExceptionOnFailure=false' } | sinks.s.uri: got the option 'throwExceptionOnFailure'",
                "{ uri: 'https://erp/x', from: detection } | sinks.s.from: got 'detection', allowed are detections, scene",
                "{ uri: 'https://erp/x', from: [alerts, all, x] } | sinks.s.from: got 'x', allowed are detections, scene",
                "{ uri: 'https://erp/x', cameras: gate } | sinks.s.cameras: got 'gate', allowed is an id of sightline.cameras",
                "{ uri: 'https://erp/x', filter: 'event.typ == 1' } | sinks.s.filter: got 'event.typ == 1': undefined field 'typ'",
                "{ uri: 'https://erp/x', guarantee: exactly-once } | sinks.s.guarantee: got 'exactly-once', allowed are at-most-once",
                "{ uri: 'https://erp/x', retry: { first: 1m, longest: 1s } } | sinks.s.retry: got first above longest",
                "{ uri: 'https://erp/x', retrys: 3 } | sinks.s: unknown key 'retrys', allowed are uri",
                "{ uri: 'https://erp/x', budget: 10 } | sinks.s.budget: got '10', allowed is a size",
                "{ uri: 'https://erp/x', when-full: block } | sinks.s.when-full: got 'block', allowed are drop-oldest, drop-newest",
                "{ uri: 'kafka:x' } | sinks.s.uri: allowed is one of 'server' and the option brokers",
                "{ uri: 'kafka:x?requestRequiredAcks=1', server: 'b:1' } | sinks.s.guarantee: got 'at-least-once', allowed are at-most-once",
                "{ uri: 'paho-mqtt5:x' } | sinks.s.uri: 'server' is missing",
                "{ uri: 'paho-mqtt5:x/#', server: 'tcp://b' } | sinks.s.uri: allowed is a topic without + and #",
                "{ uri: 'paho-mqtt5:x?qos=0', server: 'tcp://b' } | sinks.s.guarantee: got 'at-least-once', allowed are at-most-once",
                "{ uri: 'paho:x', server: 'tcp://b', guarantee: effectively-once } | sinks.s.guarantee: got 'effectively-once', allowed are at-most-once, at-least-once",
                "{ uri: 'paho:x', server: 'mqtt://b' } | sinks.s.server: allowed are tcp://",
                "{ uri: 'amqp:queue:x', server: 'tcp://b' } | sinks.s.server: got an address of 'tcp'",
                "{ uri: 'jms:queue:x?transacted=true', server: 'tcp://b' } | sinks.s.uri: got the option 'transacted'",
                "{ uri: 'sql:select 1', server: 'jdbc:h2:mem:x' } | sinks.s.uri: allowed is a statement that writes",
                "{ uri: 'sql:insert into e values (:#id)', server: 'jdbc:h2:mem:x', guarantee: effectively-once } | sinks.s.guarantee: got",
                "{ uri: 'file:exports' } | sinks.s.uri: allowed is file: and the whole path",
                "{ uri: 'spring-rabbitmq:x?queues=y', server: 'amqp://b' } | sinks.s.uri: allowed is an exchange",
            })
    void shouldRefuse(String sink, String problem) {
        assertThat(settingsFolder.problems("sightline:\n  sinks: { s: " + sink + " }\n"))
                .anySatisfy(told -> assertThat(told).startsWith("2: ").contains(problem));
    }

    @Test
    void shouldKeepTheIdOfTheStoreForTheHub() {
        assertThat(settingsFolder.problems("sightline:\n  sinks: { store: { uri: 'https://erp/x' } }\n"))
                .anySatisfy(told -> assertThat(told).contains("the id 'store' is the hub's own"));
    }
}
