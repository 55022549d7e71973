package io.sightline.hub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    @TempDir
    Path config;

    @TempDir
    Path routes;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void writeGoodFiles() throws IOException {
        Files.writeString(config.resolve("sightline.yaml"), "sightline: {}\n");
        Files.writeString(routes.resolve("tick.camel.yaml"), """
                - route:
                    id: tick
                    from:
                      uri: timer:tick
                      steps:
                        - bean: { ref: integrations, method: all }
                        - log: "{{server.shutdown}}"
                """);
    }

    private int validate() {
        return ValidateCommand.run(
                List.of("--config", config.toString(), "--routes", routes.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayWhatWasChecked() {
        int status = validate();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("sightline.yaml (0 cameras, 0 detectors, 0 sinks)")
                .endsWith("route files: no problem found\n");
        assertThat(status).isZero();
    }

    @Test
    void shouldTellProblemsOfEveryFile() throws IOException {
        Files.writeString(config.resolve("sightline.yaml"), "sightline: { camera: {} }\n");
        Files.writeString(config.resolve("application.yaml"), "logging: [\n");
        Path tick = routes.resolve("tick.camel.yaml");
        Files.writeString(tick, Files.readString(tick).replace("timer:tick", "timer:tick?periodd=1"));

        int status = validate();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(config.resolve("sightline.yaml") + ":1: sightline: unknown key 'camera', allowed are ")
                .contains("did you mean 'cameras'")
                .contains(config.resolve("application.yaml") + ":2: this is no YAML")
                .contains(tick + ":4: unknown option 'periodd' of timer, did you mean 'period'")
                .endsWith("3 problems\n");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void shouldTellWhatIsWrongWithSinks() throws IOException {
        Files.writeString(config.resolve("sightline.yaml"), """
                sightline:
                  sinks:
                    siren: { uri: "kafka:sightline?lingrMs=5", server: "broker:9092" }
                    erp: { uri: "https://erp.example.com/events?maxTotalConnections=many" }
                    plant: { uri: "kafka:sightline.{kind}?lingerMs=5", server: "broker:9092" }
                    archive: { uri: "file:/var/export" }
                """);
        Files.writeString(routes.resolve("first.camel.yaml"), reader("first", "?name=siren", "{}"));

        int status = validate();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(config.resolve("sightline.yaml")
                        + ":3: sinks.siren.uri: unknown option 'lingrMs' of kafka, did you mean 'lingerMs'")
                .contains("sightline.yaml:3: sink 'siren' belongs to first.camel.yaml, line")
                .contains(
                        "sightline.yaml:4: sinks.erp.uri: option 'maxTotalConnections' of https: got 'many', allowed is"
                                + " a whole number")
                .doesNotContain("plant", "archive");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void shouldTellSinksThatBelongToAnother() throws IOException {
        Path first = routes.resolve("first.camel.yaml");
        Path second = routes.resolve("second.camel.yaml");
        Files.writeString(
                first, reader("first", "?name=siren", "{ kind: scene }") + reader("again", "", "{ name: siren }"));
        Files.writeString(
                second, reader("second", "?kind=scene&name=siren", "{}") + reader("all", "?name=store", "{}"));

        int status = validate();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(first + ":12: sink 'siren' belongs to the route in line 4, allowed is a name of its own")
                .contains(second + ":4: sink 'siren' belongs to first.camel.yaml, allowed is a name of its own")
                .contains(second + ":11: sink 'store' belongs to the hub, allowed is a name of its own")
                .endsWith("3 problems\n");
        assertThat(status).isEqualTo(1);
    }

    private static String reader(String id, String query, String parameters) {
        return """
                - route:
                    id: %s
                    from:
                      uri: "kamelet:sightline-events-source%s"
                      parameters: %s
                      steps:
                        - log: read
                """.formatted(id, query, parameters);
    }

    @Test
    void shouldTellUnknownBean() throws IOException {
        Path tick = routes.resolve("tick.camel.yaml");
        Files.writeString(tick, Files.readString(tick).replace("ref: integrations", "ref: integratons"));

        assertThat(validate()).isEqualTo(1);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(tick + ":6: No bean could be found in the registry for: integratons");
    }
}
