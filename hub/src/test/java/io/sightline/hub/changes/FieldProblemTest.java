package io.sightline.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.files.Problem;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldProblemTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "-", textBlock = """
            cameras.gate.uri: got 'x', allowed are demo: addresses, did you mean 'y' | uri | 'x' | demo: addresses, did you mean 'y'
            cameras.gate.zones.a.polygon: got 'x', allowed is a list | zones.a.polygon | 'x' | a list
            cameras.gate: unknown key 'colour', allowed are uri, name | colour | colour | uri, name
            cameras.gate: 'detector' is missing | detector | - | -
            cameras.gate: got near-miss without ground, allowed is both: metres need four points | "" | near-miss without ground | both: metres need four points
            cameras.gates.uri: got 'x', allowed is y | cameras.gates.uri | 'x' | y
            detectors.people.model: ${X}: the environment variable X is not set | detectors.people.model | - | -
            cameras.gate.labels: allowed are words of 1 to 100 characters | labels | - | words of 1 to 100 characters
            this is no YAML: mapping values are not allowed here | "" | - | -
            """)
    void shouldTellKeyAndValue(String text, String path, String got, String allowed) {
        var problem = FieldProblem.of(new Problem(Path.of("sightline.yaml"), 3, text), "cameras.gate");

        assertThat(problem).isEqualTo(new FieldProblem(path, got, allowed, text));
    }
}
