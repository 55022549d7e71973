package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.hub.files.FileProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder of a test with a configuration, and the files and secrets that it may refer to. */
final class SettingsFolder {
    /** The beginning of a file with one detector, {@code people}. */
    static final String DETECTOR = "sightline:\n  detectors: { people: { type: hog } }\n";

    final Path file;

    private final Path folder;

    SettingsFolder(Path folder) throws IOException {
        this.folder = folder;
        file = folder.resolve("sightline.yaml");
        Files.writeString(folder.resolve("tiny.onnx"), "model");
        Files.writeString(folder.resolve("labels.txt"), "person\ncar");
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/gate_password"), "from-file\n");
    }

    SightlineSettings load(String text) throws IOException {
        Files.writeString(file, text);
        var environment = Map.of("GATE_PASSWORD", "s3cret-value", "PORT", "9000", "BAD", "s3cret-value");
        return SettingsLoader.load(file, new Secrets(environment, List.of(folder.resolve("secrets"))));
    }

    /** Problems as {@code line: text}; none of them tells a secret. */
    List<String> problems(String text) {
        var refused = catchThrowableOfType(FileProblems.class, () -> load(text));
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.getMessage()).doesNotContain("s3cret-value").startsWith(file + ":");
        return refused.problems().stream().map(p -> p.line() + ": " + p.text()).toList();
    }
}
