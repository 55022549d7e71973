package io.sightline.hub.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.routefiles.ConfiguredSink;
import io.sightline.hub.routefiles.RouteFileCheck;
import io.sightline.hub.routefiles.RouteFolders;
import io.sightline.hub.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of docs/sinks.md can be written into a configuration as it stands. */
class SinksPageTest {
    private static final Path PAGE = Path.of("../docs/sinks.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(sightline:.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("examples")
    void shouldBeValidAndGiveAnEndpoint(String example) throws Exception {
        // Given
        Files.createDirectories(folder.resolve("secrets"));
        for (String secret : List.of("erp", "kafka", "mqtt", "amqp", "rabbit", "reporting")) {
            Files.writeString(folder.resolve("secrets").resolve(secret + "_password"), "gehe)im");
        }
        Path file = folder.resolve("sightline.yaml");
        Files.writeString(file, example);
        // When
        var sinks = SettingsLoader.load(folder).sinks();
        // Then
        var options = new LinkedHashMap<String, Optional<String>>();
        sinks.forEach((id, sink) -> options.put(id, SinkRules.options(sink)));
        var folders = new RouteFolders(folder.resolve("none"), folder.resolve("none"));
        assertThat(RouteFileCheck.of(folders, folder, ConfiguredSink.in(file, options))
                        .problems())
                .isEmpty();
        try (var camel = new DefaultCamelContext()) {
            camel.disableJMX();
            camel.start();
            for (SinkSettings sink : sinks.values()) {
                SinkAddress address = SinkAddress.of(sink.uri()).orElseThrow();
                try (var opening = new Opening(camel, sink, address)) {
                    assertThat(SinkKinds.of(address.scheme()).orElseThrow().open(opening))
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void shouldHaveASectionForEveryKind() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(examples()).hasSizeGreaterThan(8);
        assertThat(SinkKinds.schemes()).allSatisfy(scheme -> assertThat(page).contains("`" + scheme + ":`"));
    }

    static Stream<String> examples() throws IOException {
        var examples = new ArrayList<String>();
        var matcher = EXAMPLE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples.stream();
    }
}
