package io.sightline.hub.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditTest {
    private static final Path FILE = Path.of("sightline.yaml");
    private static final String BLOCK = """
            # first line
            sightline:   # all of it

              cameras:
                # the gate
                gate:
                  name: 'Gate'      # for people
                  uri: "rtsp://x/y"
                  labels:
                    - person   # people
                    - car
                  zones:
                    a: { polygon: [[0, 0]] }   # left

                # the dock
                dock: { uri: demo:crossing }
                # the end of the cameras
              # the end
            """;

    @Test
    void shouldReplaceAValueAndNothingElse() {
        assertThat(put(BLOCK, "sightline.cameras.gate.name", "\"Door\"")).isEqualTo(BLOCK.replace("'Gate'", "'Door'"));
        assertThat(put(BLOCK, "sightline.cameras.gate.uri", "\"demo:x\""))
                .isEqualTo(BLOCK.replace("\"rtsp://x/y\"", "\"demo:x\""));
        assertThat(put(BLOCK, "sightline.cameras.gate.zones.a.polygon", "[[0.5, 1]]"))
                .isEqualTo(BLOCK.replace("[[0, 0]]", "[[0.5, 1]]"));
        assertThat(put(BLOCK, "sightline.cameras.dock.uri", "\"a, b\""))
                .isEqualTo(BLOCK.replace("demo:crossing", "\"a, b\""));
        assertThat(put(BLOCK, "sightline.cameras.gate.labels", "[\"bus\"]"))
                .isEqualTo(BLOCK.replace("\n        - person   # people\n        - car", " [bus]"));
    }

    @Test
    void shouldAddLikeTheNeighbours() {
        assertThat(put(BLOCK, "sightline.cameras.gate.detect-fps", "5"))
                .isEqualTo(BLOCK.replace("# left\n", "# left\n      detect-fps: 5\n"));
        assertThat(put(BLOCK, "sightline.cameras.dock.enabled", "false"))
                .isEqualTo(BLOCK.replace("demo:crossing }", "demo:crossing, enabled: false }"));
        assertThat(put(BLOCK, "sightline.cameras.gate.zones.b", "{\"polygon\": [[1, 1]]}"))
                .isEqualTo(BLOCK.replace("# left\n", "# left\n        b: { polygon: [[1, 1]] }\n"));
        assertThat(put(BLOCK, "sightline.cameras.new", "{\"uri\": \"demo:crossing\"}"))
                .isEqualTo(BLOCK.replace("demo:crossing }\n", "demo:crossing }\n\n    new: { uri: demo:crossing }\n"));
        assertThat(put(BLOCK, "sightline.cameras.gate.lines.kerb", "{\"from\": [0, 0]}"))
                .isEqualTo(BLOCK.replace("# left\n", "# left\n      lines:\n        kerb: { from: [0, 0] }\n"));
    }

    @Test
    void shouldAddToWhatIsEmpty() {
        String value = "{\"uri\": \"demo:crossing\"}";
        String made = "  cameras:\n    a: { uri: demo:crossing }\n";

        assertThat(put("sightline: {}\n", "sightline.cameras.a", value)).isEqualTo("sightline:\n" + made);
        assertThat(put("sightline:\n  cameras:\n", "sightline.cameras.a", value))
                .isEqualTo("sightline:\n" + made);
        assertThat(put("sightline:\n  cameras: {}   # none\n# end\n", "sightline.cameras.a", value))
                .isEqualTo("sightline:\n" + made.replace("cameras:", "cameras:   # none") + "# end\n");
        assertThat(put("sightline:\n  cameras:\n    # none\n  ports: { http: 0 }", "sightline.cameras.a", value))
                .isEqualTo("sightline:\n" + made + "    # none\n  ports: { http: 0 }");
        assertThat(put("{ sightline: { cameras: {} } }", "sightline.cameras.a", value))
                .isEqualTo("{ sightline: { cameras: { a: { uri: demo:crossing } } } }");
        assertThat(put("sightline:\n    ports: { http: 0 }", "sightline.cameras.a", value))
                .isEqualTo("sightline:\n    ports: { http: 0 }\n    cameras:\n        a: { uri: demo:crossing }");
    }

    @Test
    void shouldRemoveAKeyWithWhatIsBehindIt() {
        assertThat(removed(BLOCK, "sightline.cameras.gate.name"))
                .isEqualTo(BLOCK.replace("      name: 'Gate'      # for people\n", ""));
        assertThat(removed(BLOCK, "sightline.cameras.gate.labels"))
                .isEqualTo(BLOCK.replace("      labels:\n        - person   # people\n        - car\n", ""));
        assertThat(removed(BLOCK, "sightline.cameras.gate.zones.a"))
                .isEqualTo(BLOCK.replace(
                        "      zones:\n        a: { polygon: [[0, 0]] }   # left\n", "      zones: {}\n"));
        assertThat(removed(BLOCK, "sightline.cameras.dock.uri"))
                .isEqualTo(BLOCK.replace("{ uri: demo:crossing }", "{}"));
        assertThat(removed(BLOCK, "sightline.cameras.dock"))
                .isEqualTo(BLOCK.replace("    dock: { uri: demo:crossing }\n", ""));
    }

    @Test
    void shouldRemoveFromOneLine() {
        String text = "sightline: { a: 1, b: { c: 2 }, d: 3 }\n";

        assertThat(removed(text, "sightline.a")).isEqualTo("sightline: { b: { c: 2 }, d: 3 }\n");
        assertThat(removed(text, "sightline.b")).isEqualTo("sightline: { a: 1, d: 3 }\n");
        assertThat(removed(text, "sightline.d")).isEqualTo("sightline: { a: 1, b: { c: 2 } }\n");
        assertThat(removed("sightline: {\n  a: 1, # one\n  b: 2 # two\n}\n", "sightline.b"))
                .isEqualTo("sightline: {\n  a: 1, # one\n   # two\n}\n");
        assertThat(put("sightline: {\n  a: 1, # one\n  b: 2 # two\n}\n", "sightline.c", "3"))
                .isEqualTo("sightline: {\n  a: 1, # one\n  b: 2,\n  c: 3 # two\n}\n");
    }

    @Test
    void shouldLeaveNoMoreBlankLinesThanThereWere() {
        String text = "sightline:\n  a: { b: 1 }\n\n  c: { d: 1 }\n";

        String more = put(text, "sightline.e", "{\"f\": 1}");

        assertThat(more).isEqualTo(text + "\n  e: { f: 1 }\n");
        assertThat(removed(more, "sightline.e")).isEqualTo(text);
        assertThat(removed(more, "sightline.c")).isEqualTo("sightline:\n  a: { b: 1 }\n\n  e: { f: 1 }\n");
    }

    @Test
    void shouldKeepLineEndsAndCountCharactersNotUnits() {
        String text = "sightline:\r\n  a: { name: \"\uD83D\uDEAA\", b: 1 }\r\n  c: 2\r\n";

        assertThat(put(text, "sightline.a.b", "7")).isEqualTo(text.replace("b: 1", "b: 7"));
        assertThat(put(text, "sightline.d", "3")).isEqualTo(text + "  d: 3\r\n");
        assertThat(removed(text, "sightline.c")).isEqualTo(text.replace("  c: 2\r\n", ""));
    }

    @Test
    void shouldTakeLongTextsOnSeveralLinesForWhatTheyAre() {
        String text = "sightline:\n  a: |\n    one\n    two\n\n  # three\n  b: 'x\n    y'\n";

        assertThat(put(text, "sightline.c", "1")).isEqualTo(text + "  c: 1\n");
        assertThat(put(text, "sightline.a", "\"z\"")).isEqualTo("sightline:\n  a: z\n\n  # three\n  b: 'x\n    y'\n");
        assertThat(removed(text, "sightline.a")).isEqualTo("sightline:\n\n  # three\n  b: 'x\n    y'\n");
    }

    @Test
    void shouldReplaceTextsWherever() {
        var edit = new YamlEdit(YamlFile.parse(FILE, BLOCK));

        edit.replaceTexts((keys, text) ->
                text.equals("person") || keys.get(keys.size() - 1).equals("uri")
                        ? Optional.of("${x}")
                        : Optional.empty());

        assertThat(edit.text())
                .isEqualTo(BLOCK.replace("- person", "- \"${x}\"")
                        .replace("\"rtsp://x/y\"", "\"${x}\"")
                        .replace("demo:crossing", "\"${x}\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "",
                " ",
                "yes",
                "no",
                "on",
                "y",
                "null",
                "~",
                "true",
                "5",
                "0x10",
                "1e3",
                "00:00",
                "2026-11-21",
                "a: b",
                "a #b",
                "#a",
                "- a",
                "? a",
                "a,b",
                "[a]",
                "{a}",
                "&a",
                "*a",
                "!a",
                "%a",
                "@a",
                "`a",
                "|",
                ">",
                "'",
                "\"",
                "\\",
                "a\nb",
                "tab\t",
                "\u0085",
                "\u2028",
                "\uD83D\uDEAA",
                "ü",
                "${X}",
                "rtsp://h:1/p?q=1",
                "a:",
                ":a",
                "=",
                "<<",
                "-",
                "--- a",
                "...",
                "\u0007",
                "\uFEFF"
            })
    void shouldWriteEveryTextSoThatItIsRead(String text) throws IOException {
        JsonNode value = new ObjectMapper().createObjectNode().put(text, text);

        for (String file : List.of("sightline: {}\n", "{ sightline: { a: 1 } }\n", "sightline:\n  a: 1\n")) {
            var edit = new YamlEdit(YamlFile.parse(FILE, file));
            edit.put(List.of("sightline", "b"), value);
            assertThat(YamlJson.of(edit.root()).path("sightline").path("b")).isEqualTo(value);
        }
    }

    @Test
    void shouldChangeTheFileThatComesWithTheHub() throws IOException {
        String shipped = Files.readString(Path.of("../config/sightline.yaml"));
        String value =
                "{\"uri\": \"demo:crossing\", \"detector\": \"people\", \"lines\": {\"l\": {\"from\": [0, 0], \"to\": [1, 1]}}}";

        String more = put(shipped, "sightline.cameras.new", value);

        assertThat(more)
                .contains("    new:\n      uri: demo:crossing\n      detector: people\n      lines:\n"
                        + "        l: { from: [0, 0], to: [1, 1] }\n");
        assertThat(removed(more, "sightline.cameras.new")).isEqualTo(shipped);
    }

    private static String put(String text, String keys, String json) {
        var edit = new YamlEdit(YamlFile.parse(FILE, text));
        edit.put(List.of(keys.split("\\.")), json(json));
        return edit.text();
    }

    private static String removed(String text, String keys) {
        var edit = new YamlEdit(YamlFile.parse(FILE, text));
        edit.remove(List.of(keys.split("\\.")));
        return edit.text();
    }

    private static JsonNode json(String json) {
        try {
            return YamlJson.normal(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
