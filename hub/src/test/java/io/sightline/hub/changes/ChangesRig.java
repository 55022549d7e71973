package io.sightline.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.hub.files.YamlJson;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A configuration with two cameras in a folder of a test, and what changes it. */
final class ChangesRig implements AutoCloseable {
    static final Asked ANNA = new Asked("anna", Optional.empty());
    static final String TEXT = """
            # what the hub looks at
            sightline:
              detectors: { people: { type: hog } }

              cameras:
                # the gate
                gate:
                  uri: "rtsp://192.0.2.1/a"   # second stream
                  username: hub
                  password: in-clear
                  detector: people
                  zones: { crossing: { polygon: [[0.1, 0.5], [0.9, 0.5], [0.9, 1.0]], labels: [person] } }

                dock: { uri: demo:crossing, detector: people }   # drawn
              # the end
            """;

    final Path folder;
    final Path config;
    final Path yaml;
    final SettingsFile settings;
    final ConfigurationChanges changes;

    ChangesRig(Path folder) throws IOException {
        this.folder = folder;
        config = Files.createDirectory(folder.resolve("config"));
        yaml = config.resolve("sightline.yaml");
        Files.writeString(yaml, TEXT);
        settings = new SettingsFile(config, SettingsLoader.load(config), new Integrations(Clock.systemUTC()));
        changes = newChanges();
        changes.seen(settings.current().revision());
        settings.listen(change -> changes.seen(change.after().revision()));
    }

    /** As after a start of the hub. */
    ConfigurationChanges newChanges() {
        var parts = new SecretParts(SettingsLoader.secretKeys());
        return new ConfigurationChanges(
                config, settings, new Revisions(folder.resolve("revisions"), parts, Clock.systemUTC()));
    }

    @Override
    public void close() {
        settings.close();
    }

    ObjectNode gate() {
        return changes.camera("gate").keys().deepCopy();
    }

    List<Path> secretFiles() throws IOException {
        Path secrets = config.resolve("secrets");
        if (!Files.isDirectory(secrets)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(secrets)) {
            return files.toList();
        }
    }

    String allRevisions() throws IOException {
        var all = new StringBuilder();
        for (Revision one : changes.revisions().revisions()) {
            all.append(Files.readString(folder.resolve("revisions").resolve(one.id() + ".json")));
        }
        return all.toString();
    }

    static ChangeRefusedException refused(ThrowingCallable call) {
        var refused = catchThrowableOfType(ChangeRefusedException.class, call);
        assertThat(refused).as("a change that is refused").isNotNull();
        return refused;
    }

    static JsonNode json(String json) {
        try {
            return YamlJson.normal(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
