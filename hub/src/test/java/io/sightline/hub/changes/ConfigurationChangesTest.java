package io.sightline.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.hub.changes.ChangeRefusedException.Kind;
import io.sightline.hub.files.YamlJson;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationChangesTest {
    private static final Asked ANNA = new Asked("anna", Optional.empty());
    private static final String TEXT = """
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

    @TempDir
    Path folder;

    private Path config;
    private Path yaml;
    private SettingsFile settings;
    private ConfigurationChanges changes;

    @BeforeEach
    void start() throws IOException {
        config = Files.createDirectory(folder.resolve("config"));
        yaml = config.resolve("sightline.yaml");
        Files.writeString(yaml, TEXT);
        settings = new SettingsFile(config, SettingsLoader.load(config), new Integrations(Clock.systemUTC()));
        changes = newChanges();
        changes.seen(settings.current().revision());
        settings.listen(change -> changes.seen(change.after().revision()));
    }

    @AfterEach
    void stop() {
        settings.close();
    }

    private ConfigurationChanges newChanges() {
        var parts = new SecretParts(SettingsLoader.secretKeys());
        return new ConfigurationChanges(
                config, settings, new Revisions(folder.resolve("revisions"), parts, Clock.systemUTC()));
    }

    @Test
    void shouldTellWhatTheFileSaysWithoutSecrets() {
        var gate = changes.camera("gate");

        assertThat(gate.keys()).isEqualTo(json("""
                        {"uri":"rtsp://192.0.2.1/a","username":"hub","password":null,"detector":"people","zones":
                        {"crossing":{"polygon":[[0.1,0.5],[0.9,0.5],[0.9,1]],"labels":["person"]}}}"""));
        assertThat(refused(() -> changes.camera("none")).kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void shouldChangeWhatIsOtherAndNothingElse() throws IOException {
        // Given
        ObjectNode wanted = gate();
        wanted.put("detect-fps", 2.5);
        ((ObjectNode) wanted.at("/zones/crossing")).put("min-dwell", "2s");
        // When
        var after = changes.change("gate", wanted, ANNA);
        // Then
        assertThat(Files.readString(yaml))
                .isEqualTo(TEXT.replace("[person] } }\n", "[person], min-dwell: 2s } }\n      detect-fps: 2.5\n"));
        assertThat(settings.current().cameras().get("gate").detectFps()).isEqualTo(2.5);
        assertThat(settings.current().cameras().get("gate").password()).contains("in-clear");
        assertThat(after.keys()).isEqualTo(json(wanted.toString()));
    }

    @Test
    void shouldAddAndRemoveACameraAndLeaveNoTrace() throws IOException {
        changes.create("yard", json("{\"uri\":\"demo:crossing\",\"detector\":\"people\"}"), ANNA);
        assertThat(Files.readString(yaml))
                .isEqualTo(
                        TEXT.replace("# drawn\n", "# drawn\n\n    yard: { uri: demo:crossing, detector: people }\n"));
        assertThat(settings.current().cameras()).containsKeys("gate", "dock", "yard");

        changes.remove("yard", ANNA);

        assertThat(Files.readString(yaml)).isEqualTo(TEXT);
        assertThat(settings.current().cameras()).containsOnlyKeys("gate", "dock");
    }

    @Test
    void shouldWriteNothingThatIsWrong() throws IOException {
        // Given
        ObjectNode wanted = gate();
        wanted.put("detector", "poeple").put("detect-fps", 100).put("colour", "red");
        ((ObjectNode) wanted.at("/zones/crossing")).remove("polygon");
        // When
        var refused = refused(() -> changes.change("gate", wanted, ANNA));
        // Then
        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(refused.problems())
                .extracting(FieldProblem::path)
                .containsExactlyInAnyOrder("detector", "detect-fps", "colour", "zones.crossing.polygon");
        assertThat(refused.problems())
                .filteredOn(problem -> problem.path().equals("detect-fps"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.got()).isEqualTo("'100'");
                    assertThat(problem.allowed()).isEqualTo("a number from 0.1 to 60");
                });
        assertThat(Files.readString(yaml)).isEqualTo(TEXT);
        assertThat(changes.revisions().revisions()).hasSize(1);
        assertThat(refused(() -> changes.create("gate", gate(), ANNA)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refused(() -> changes.create("Not an id", gate(), ANNA)).kind())
                .isEqualTo(Kind.INVALID);
        assertThat(refused(() -> changes.change("none", gate(), ANNA)).kind()).isEqualTo(Kind.MISSING);
        assertThat(refused(() -> changes.remove("none", ANNA)).kind()).isEqualTo(Kind.MISSING);
        var huge = gate();
        huge.put("detect-fps", new BigDecimal("1e999999"));
        assertThat(refused(() -> changes.change("gate", huge, ANNA)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void shouldKeepNewSecretsOutOfTheFile() throws IOException {
        // Given
        ObjectNode wanted = gate();
        wanted.put("password", "s3cret${HOME}");
        // When
        var after = changes.change("gate", wanted, ANNA);
        // Then
        assertThat(Files.readString(yaml))
                .doesNotContain("s3cret", "in-clear")
                .contains("${file:hub-cameras-gate-password-");
        assertThat(settings.current().cameras().get("gate").password()).contains("s3cret${HOME}");
        assertThat(after.keys().get("password").isNull()).isTrue();
        assertThat(secretFiles()).singleElement().satisfies(file -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
        assertThat(allRevisions()).doesNotContain("s3cret", "in-clear");
        // When: it stays, and goes
        changes.change("gate", gate(), ANNA);
        assertThat(settings.current().cameras().get("gate").password()).contains("s3cret${HOME}");
        ObjectNode without = gate();
        without.remove("password");
        changes.change("gate", without, ANNA);
        // Then: an earlier version still refers to it
        assertThat(settings.current().cameras().get("gate").password()).isEmpty();
        assertThat(secretFiles()).hasSize(1);
    }

    @Test
    void shouldForgetSecretsThatNoVersionRefersTo() throws IOException {
        ObjectNode wanted = gate();
        wanted.put("password", "refused").put("detect-fps", 0);
        refused(() -> changes.change("gate", wanted, ANNA));
        assertThat(secretFiles()).isEmpty();

        wanted.put("password", "kept").put("detect-fps", 1);
        changes.change("gate", wanted, ANNA);
        wanted.remove("password");
        for (int i = 1; i <= Revisions.KEPT; i++) {
            changes.change("gate", wanted.put("detect-fps", 1 + i), ANNA);
        }

        assertThat(secretFiles()).isEmpty();
    }

    @Test
    void shouldKeepSecretsOutOfAddresses() throws IOException {
        // Given
        ObjectNode wanted = (ObjectNode)
                json("{\"uri\":\"rtsp://hub:p%40ss@192.0.2.2/a?x=1&password=q5\",\"detector\":\"people\"}");
        // When
        var made = changes.create("yard", wanted, ANNA);
        // Then
        assertThat(made.keys().path("uri").asText()).isEqualTo("rtsp://***@192.0.2.2/a?x=1&password=***");
        assertThat(Files.readString(yaml)).doesNotContain("p%40ss", "q5");
        assertThat(settings.current().cameras().get("yard").uri()).isEqualTo("rtsp://192.0.2.2/a?x=1&password=q5");
        assertThat(settings.current().cameras().get("yard").password()).contains("p@ss");
        // When: what was shown comes back
        String before = Files.readString(yaml);
        changes.change("yard", made.keys(), ANNA);
        assertThat(Files.readString(yaml)).isEqualTo(before);
        // Then: but not with another address
        ObjectNode moved = made.keys().deepCopy();
        moved.put("uri", "rtsp://***@192.0.2.3/a");
        assertThat(refused(() -> changes.change("yard", moved, ANNA)).problems())
                .extracting(FieldProblem::path)
                .containsExactly("uri");
    }

    @Test
    void shouldNotReadSecretsOfTheHubForCallers() {
        ObjectNode wanted = gate();
        wanted.put("name", "${HOME}");

        assertThat(refused(() -> changes.change("gate", wanted, ANNA)).problems())
                .extracting(FieldProblem::path)
                .containsExactly("name");
    }

    @Test
    void shouldRefuseWhatWasNotSeenAsItIs() {
        // Given
        var seen = changes.camera("gate");
        var asked = new Asked("anna", Optional.of(seen.etag()));
        // When
        changes.change("dock", json("{\"uri\":\"demo:crossing\",\"detector\":\"people\",\"detect-fps\":1}"), ANNA);
        var after = changes.change("gate", gate().put("detect-fps", 1), asked);
        // Then
        assertThat(after.etag()).isNotEqualTo(seen.etag());
        assertThat(refused(() -> changes.change("gate", gate().put("detect-fps", 2), asked))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(refused(() -> changes.remove("gate", asked)).kind()).isEqualTo(Kind.STALE);
        changes.remove("gate", new Asked("anna", Optional.of("\"other\", " + after.etag())));
    }

    @Test
    void shouldMakeChangesOfTwoCallersBoth() throws Exception {
        // Given
        List<Callable<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String id = "c" + i;
            calls.add(() -> changes.create(id, json("{\"uri\":\"demo:crossing\",\"detector\":\"people\"}"), ANNA));
        }
        // When
        var threads = Executors.newFixedThreadPool(2);
        try {
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
        // Then
        assertThat(settings.current().cameras()).hasSize(12);
        assertThat(Files.readString(yaml)).startsWith(TEXT.substring(0, TEXT.indexOf("  # the end")));
    }

    @Test
    void shouldNeverOverwriteWhatSomebodyElseWrote() throws IOException {
        var file = new ConfigurationFile(yaml);
        String before = file.text();
        Files.writeString(yaml, TEXT + "# by hand\n");

        assertThat(refused(() -> file.replace(before, "sightline: {}\n")).kind())
                .isEqualTo(Kind.STALE);

        assertThat(Files.readString(yaml)).isEqualTo(TEXT + "# by hand\n");
        assertThat(config).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void shouldKeepModeMarkAndLink() throws IOException {
        // Given
        Path real = Files.move(yaml, config.resolve("real.yaml"));
        Files.createSymbolicLink(yaml, real);
        Files.writeString(real, "\uFEFF" + TEXT);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
        // When
        changes.remove("dock", ANNA);
        // Then
        assertThat(yaml).isSymbolicLink();
        assertThat(Files.readString(real)).startsWith("\uFEFF# what").doesNotContain("dock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-rw-r--");
    }

    @Test
    void shouldSayThatTheFileMayNotBeWritten() throws IOException {
        Files.setPosixFilePermissions(yaml, PosixFilePermissions.fromString("r--r--r--"));

        var refused = refused(() -> changes.remove("dock", ANNA));

        assertThat(refused.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refused).hasMessageContaining(yaml.toString()).hasMessageContaining("may not write it");
        assertThat(Files.readString(yaml)).isEqualTo(TEXT);
    }

    @Test
    void shouldChangeNothingInAFileThatIsWrong() throws IOException {
        Files.writeString(yaml, TEXT.replace("type: hog", "type: pig"));

        var refused = refused(() -> changes.remove("dock", ANNA));

        assertThat(refused.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refused.problems()).extracting(FieldProblem::path).containsExactly("detectors.people.type");
        assertThat(Files.readString(yaml)).contains("pig").contains("dock");
    }

    @Test
    void shouldKeepTheLastTenVersionsWithWhoAndWhat() throws IOException {
        // When
        changes.remove("dock", ANNA);
        Files.writeString(yaml, Files.readString(yaml).replace("username: hub", "username: spy"));
        settings.reload();
        // Then
        var kept = changes.revisions();
        assertThat(kept.revisions())
                .extracting(Revision::id, Revision::by, Revision::via, Revision::changed)
                .containsExactly(
                        tuple("3", Optional.empty(), Revision.Via.FILE, List.of("cameras.gate.username")),
                        tuple("2", Optional.of("anna"), Revision.Via.REST, List.of("cameras.dock")),
                        tuple("1", Optional.empty(), Revision.Via.FILE, List.of()));
        assertThat(kept.revisions())
                .filteredOn(kept::isCurrent)
                .extracting(Revision::id)
                .containsExactly("3");
        // When
        for (int i = 1; i < 12; i++) {
            changes.change("gate", gate().put("detect-fps", i), ANNA);
        }
        // Then: also for the next start
        assertThat(newChanges().revisions().revisions())
                .isEqualTo(changes.revisions().revisions())
                .extracting(Revision::id)
                .containsExactly("14", "13", "12", "11", "10", "9", "8", "7", "6", "5");
    }

    @Test
    void shouldGoBackToAVersionAndAgain() throws IOException {
        // Given
        changes.remove("dock", ANNA);
        changes.change("gate", gate().put("password", "new"), ANNA);
        // When
        var restored = changes.restore("1", ANNA);
        // Then
        assertThat(restored.id()).isEqualTo("4");
        assertThat(restored.via()).isEqualTo(Revision.Via.RESTORE);
        assertThat(restored.restored()).contains("1");
        assertThat(settings.current().cameras()).containsOnlyKeys("gate", "dock");
        assertThat(settings.current().cameras().get("gate").password()).contains("in-clear");
        assertThat(Files.readString(yaml)).doesNotContain("in-clear");
        assertThat(Files.readString(yaml).replaceAll("\"\\$.*\"", "in-clear")).isEqualTo(TEXT);
        // When
        changes.restore("3", ANNA);
        // Then
        assertThat(settings.current().cameras().get("gate").password()).contains("new");
        assertThat(refused(() -> changes.restore("99", ANNA)).kind()).isEqualTo(Kind.MISSING);
        assertThat(refused(() -> changes.restore("1", new Asked("anna", Optional.of("\"old\""))))
                        .kind())
                .isEqualTo(Kind.STALE);
    }

    @Test
    void shouldGoBackFromAFileThatIsBroken() throws IOException {
        Files.writeString(yaml, "sightline: [\n");

        changes.restore("1", ANNA);

        assertThat(settings.current().cameras()).containsOnlyKeys("gate", "dock");
    }

    @Test
    void shouldNotGoBackToWhatIsWrongNow() throws IOException {
        // Given
        Path model = Files.writeString(config.resolve("labels.txt"), "person\n");
        String more = TEXT.replace(
                "{ type: hog } }", "{ type: hog }, o: { type: onnx, model: labels.txt, labels: labels.txt } }");
        Files.writeString(yaml, more);
        settings.reload();
        Files.writeString(yaml, TEXT);
        settings.reload();
        assertThat(changes.revisions().revisions()).hasSize(3);
        Files.delete(model);
        // When
        var refused = refused(() -> changes.restore("2", ANNA));
        // Then
        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(Files.readString(yaml)).isEqualTo(TEXT);
    }

    @Test
    void shouldKeepNoPasswordOfAComment() throws IOException {
        Files.writeString(yaml, TEXT + "  # password: old-one\n  # password: ${GATE}\n");
        settings.reload();

        assertThat(changes.revisions().revisions().get(0).text())
                .doesNotContain("old-one")
                .contains("# password: ***\n  # password: ${GATE}\n");
    }

    private ObjectNode gate() {
        return changes.camera("gate").keys().deepCopy();
    }

    private List<Path> secretFiles() throws IOException {
        Path secrets = config.resolve("secrets");
        if (!Files.isDirectory(secrets)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(secrets)) {
            return files.toList();
        }
    }

    private String allRevisions() throws IOException {
        var all = new StringBuilder();
        for (Revision one : changes.revisions().revisions()) {
            all.append(Files.readString(folder.resolve("revisions").resolve(one.id() + ".json")));
        }
        return all.toString();
    }

    private static ChangeRefusedException refused(ThrowingCallable call) {
        var refused = catchThrowableOfType(ChangeRefusedException.class, call);
        assertThat(refused).as("a change that is refused").isNotNull();
        return refused;
    }

    private static JsonNode json(String json) {
        try {
            return YamlJson.normal(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
