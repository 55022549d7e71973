package io.sightline.hub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.discovery.CameraDiscovery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CamerasCommandTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private int run(String... arguments) {
        return CamerasCommand.run(List.of(arguments), new CameraDiscovery(), out);
    }

    @Test
    void shouldPrintJsonThatProgramsRead() throws Exception {
        assertThat(run("scan", "--seconds", "1", "--json")).isZero();

        var discovered = new ObjectMapper().readTree(printed.toByteArray()).path("discovered");

        assertThat(discovered.isArray()).isTrue();
        discovered.forEach(camera -> assertThat(camera.fieldNames())
                .toIterable()
                .containsExactly("kind", "name", "address", "id", "model", "hint", "proposal"));
    }

    @Test
    void shouldSayWhatItKnows() {
        assertThatThrownBy(() -> run()).isInstanceOf(UsageException.class).hasMessageContaining("allowed is scan");
        assertThatThrownBy(() -> run("list")).hasMessageContaining("allowed is scan");
        assertThatThrownBy(() -> run("scan", "--seconds", "0")).hasMessageContaining("from 1 to 60");
    }
}
