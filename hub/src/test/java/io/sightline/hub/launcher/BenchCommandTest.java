package io.sightline.hub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void shouldSayWhatIsMissingForAFigure() throws Exception {
        Path json = folder.resolve("figures.json");

        int status = bench("P2", "--data", folder.toString(), "--json", json.toString());

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("P2 ", "P3 ", "skipped", folder + "/PETS09-S2L1/PETS09-S2L1.mp4 is missing");
        var rows = new ObjectMapper().readTree(json.toFile());
        assertThat(rows).hasSize(2);
        assertThat(rows.at("/1/figure").asText()).isEqualTo("P3");
        assertThat(rows.at("/1/verdict").asText()).isEqualTo("skipped");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            P9           | bench: got 'P9', allowed are p1, python, p2, p3, p5, lines, p6, decode, cameras, p15, change, memory
            P1 P2        | bench takes one figure or none, got 2
            --rounds 0   | --rounds: got '0', allowed is a number from 1 to 1000
            --minutes x  | --minutes: got 'x', allowed is a number from 1 to 1440
            --speed 3    | unknown option '--speed'
            """)
    void shouldRefuseACommandLineThatMakesNoSense(String arguments, String problem) {
        assertThatThrownBy(() -> bench(arguments.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(problem);
    }

    private int bench(String... arguments) {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return BenchCommand.run(List.of(arguments), stream, stream);
    }
}
