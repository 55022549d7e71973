package io.sightline.hub.settings;

import io.sightline.hub.files.FileProblems;
import io.sightline.hub.files.Problem;
import io.sightline.hub.files.Suggestion;
import io.sightline.hub.files.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code sightline.yaml}; knows nothing of Spring. */
public final class SettingsLoader {
    /** Name of the file in the folder of the configuration. */
    public static final String FILE = "sightline.yaml";

    private static final Path MOUNTED_SECRETS = Path.of("/run/secrets");

    private SettingsLoader() {}

    /**
     * Reads {@code sightline.yaml} of the folder; secrets come from the environment, from {@code secrets/} in the folder,
     * and from {@code /run/secrets}.
     *
     * @throws FileProblems with every problem of the file; it is then refused whole
     */
    public static SightlineSettings load(Path configFolder) {
        return load(configFolder.resolve(FILE), secrets(configFolder));
    }

    /**
     * Reads a text as if it were in the file of the folder.
     *
     * @throws FileProblems with every problem of the text
     */
    public static SightlineSettings check(Path configFolder, String text) {
        return read(YamlFile.parse(configFolder.resolve(FILE), text), secrets(configFolder));
    }

    /** Where secrets are written by the hub itself. */
    public static Path secretsFolder(Path configFolder) {
        return configFolder.resolve("secrets");
    }

    /** Names of all keys whose values are never shown, wherever they stand. */
    public static Set<String> secretKeys() {
        return SecretKeys.of(SightlineSettings.class);
    }

    private static Secrets secrets(Path configFolder) {
        return new Secrets(System.getenv(), List.of(secretsFolder(configFolder), MOUNTED_SECRETS));
    }

    static SightlineSettings load(Path file, Secrets secrets) {
        if (!Files.exists(file)) {
            throw new FileProblems(List.of(new Problem(
                    file, 1, "there is no such file; write 'sightline: {}' into it for a hub without cameras")));
        }
        return read(YamlFile.read(file), secrets);
    }

    static SightlineSettings read(YamlFile file, Secrets secrets) {
        var reading = new Reading(file.path(), secrets);
        var reader = new RecordReader(reading);
        Map<String, Node> root = reader.entries(file.root(), "", List.of("sightline"));
        Node tree = root.get("sightline");
        if (tree == null && reading.problems().isEmpty()) {
            reading.problem(1, "'sightline' is missing, the key that holds all others");
        }
        List<String> known = RecordReader.keys(SightlineSettings.class);
        Map<String, Node> entries = tree == null ? Map.of() : reader.entries(tree, "sightline", known);
        Optional<SightlineSettings> settings =
                reader.read(SightlineSettings.class, entries, new RecordReader.Place("", "", 1, Map.of()));
        references(reading, entries);
        settings.ifPresent(whole -> new LabelChecks(reading).check(whole));
        if (!reading.problems().isEmpty() || settings.isEmpty()) {
            throw new FileProblems(reading.problems());
        }
        return settings.get().withRevision(file.sha256());
    }

    private static void references(Reading reading, Map<String, Node> entries) {
        for (Reading.Reference reference : reading.references()) {
            List<String> ids = ids(entries.get(reference.target()));
            Written written = reference.written();
            if (!ids.contains(written.text())) {
                String known = ids.isEmpty() ? "none is configured" : "configured are " + String.join(", ", ids);
                reading.problem(
                        written.line(),
                        written.key() + ": got " + written.shown() + ", allowed is an id of sightline."
                                + reference.target() + "; " + known + Suggestion.text(written.text(), ids));
            }
        }
    }

    private static List<String> ids(@Nullable Node node) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(tuple -> tuple.getKeyNode() instanceof ScalarNode id ? id.getValue() : "")
                        .toList()
                : List.of();
    }
}
