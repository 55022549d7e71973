package io.sightline.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.hub.changes.ChangeRefusedException.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationChangesTest {
    @TempDir
    Path temporary;

    private ChangesRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new ChangesRig(temporary);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldTellWhatTheFileSaysWithoutSecrets() {
        var gate = rig.changes.camera("gate");

        assertThat(gate.keys()).isEqualTo(ChangesRig.json("""
                        {"uri":"rtsp://192.0.2.1/a","username":"hub","password":null,"detector":"people","zones":
                        {"crossing":{"polygon":[[0.1,0.5],[0.9,0.5],[0.9,1]],"labels":["person"]}}}"""));
        assertThat(ChangesRig.refused(() -> rig.changes.camera("none")).kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void shouldChangeWhatIsOtherAndNothingElse() throws IOException {
        // Given
        ObjectNode wanted = rig.gate();
        wanted.put("detect-fps", 2.5);
        ((ObjectNode) wanted.at("/zones/crossing")).put("min-dwell", "2s");
        // When
        var after = rig.changes.change("gate", wanted, ChangesRig.ANNA);
        // Then
        assertThat(Files.readString(rig.yaml))
                .isEqualTo(ChangesRig.TEXT.replace(
                        "[person] } }\n", "[person], min-dwell: 2s } }\n      detect-fps: 2.5\n"));
        assertThat(rig.settings.current().cameras().get("gate").detectFps()).isEqualTo(2.5);
        assertThat(rig.settings.current().cameras().get("gate").password()).contains("in-clear");
        assertThat(after.keys()).isEqualTo(ChangesRig.json(wanted.toString()));
    }

    @Test
    void shouldAddAndRemoveACameraAndLeaveNoTrace() throws IOException {
        rig.changes.create(
                "yard", ChangesRig.json("{\"uri\":\"demo:crossing\",\"detector\":\"people\"}"), ChangesRig.ANNA);
        assertThat(Files.readString(rig.yaml))
                .isEqualTo(ChangesRig.TEXT.replace(
                        "# drawn\n", "# drawn\n\n    yard: { uri: demo:crossing, detector: people }\n"));
        assertThat(rig.settings.current().cameras()).containsKeys("gate", "dock", "yard");

        rig.changes.remove("yard", ChangesRig.ANNA);

        assertThat(Files.readString(rig.yaml)).isEqualTo(ChangesRig.TEXT);
        assertThat(rig.settings.current().cameras()).containsOnlyKeys("gate", "dock");
    }

    @Test
    void shouldWriteNothingThatIsWrong() throws IOException {
        // Given
        ObjectNode wanted = rig.gate();
        wanted.put("detector", "poeple").put("detect-fps", 100).put("colour", "red");
        ((ObjectNode) wanted.at("/zones/crossing")).remove("polygon");
        // When
        var refused = ChangesRig.refused(() -> rig.changes.change("gate", wanted, ChangesRig.ANNA));
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
        assertThat(Files.readString(rig.yaml)).isEqualTo(ChangesRig.TEXT);
        assertThat(rig.changes.revisions().revisions()).hasSize(1);
        assertThat(ChangesRig.refused(() -> rig.changes.create("gate", rig.gate(), ChangesRig.ANNA))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(ChangesRig.refused(() -> rig.changes.create("Not an id", rig.gate(), ChangesRig.ANNA))
                        .kind())
                .isEqualTo(Kind.INVALID);
        assertThat(ChangesRig.refused(() -> rig.changes.change("none", rig.gate(), ChangesRig.ANNA))
                        .kind())
                .isEqualTo(Kind.MISSING);
        assertThat(ChangesRig.refused(() -> rig.changes.remove("none", ChangesRig.ANNA))
                        .kind())
                .isEqualTo(Kind.MISSING);
        var huge = rig.gate();
        huge.put("detect-fps", new BigDecimal("1e999999"));
        assertThat(ChangesRig.refused(() -> rig.changes.change("gate", huge, ChangesRig.ANNA))
                        .kind())
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void shouldKeepNewSecretsOutOfTheFile() throws IOException {
        // Given
        ObjectNode wanted = rig.gate();
        wanted.put("password", "s3cret${HOME}");
        // When
        var after = rig.changes.change("gate", wanted, ChangesRig.ANNA);
        // Then
        assertThat(Files.readString(rig.yaml))
                .doesNotContain("s3cret", "in-clear")
                .contains("${file:hub-cameras-gate-password-");
        assertThat(rig.settings.current().cameras().get("gate").password()).contains("s3cret${HOME}");
        assertThat(after.keys().get("password").isNull()).isTrue();
        assertThat(rig.secretFiles()).singleElement().satisfies(file -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
        assertThat(rig.allRevisions()).doesNotContain("s3cret", "in-clear");
        // When: it stays, and goes
        rig.changes.change("gate", rig.gate(), ChangesRig.ANNA);
        assertThat(rig.settings.current().cameras().get("gate").password()).contains("s3cret${HOME}");
        ObjectNode without = rig.gate();
        without.remove("password");
        rig.changes.change("gate", without, ChangesRig.ANNA);
        // Then: an earlier version still refers to it
        assertThat(rig.settings.current().cameras().get("gate").password()).isEmpty();
        assertThat(rig.secretFiles()).hasSize(1);
    }

    @Test
    void shouldForgetSecretsThatNoVersionRefersTo() throws IOException {
        ObjectNode wanted = rig.gate();
        wanted.put("password", "refused").put("detect-fps", 0);
        ChangesRig.refused(() -> rig.changes.change("gate", wanted, ChangesRig.ANNA));
        assertThat(rig.secretFiles()).isEmpty();

        wanted.put("password", "kept").put("detect-fps", 1);
        rig.changes.change("gate", wanted, ChangesRig.ANNA);
        wanted.remove("password");
        for (int i = 1; i <= Revisions.KEPT; i++) {
            rig.changes.change("gate", wanted.put("detect-fps", 1 + i), ChangesRig.ANNA);
        }

        assertThat(rig.secretFiles()).isEmpty();
    }

    @Test
    void shouldKeepSecretsOutOfAddresses() throws IOException {
        // Given
        ObjectNode wanted = (ObjectNode)
                ChangesRig.json("{\"uri\":\"rtsp://hub:p%40ss@192.0.2.2/a?x=1&password=q5\",\"detector\":\"people\"}");
        // When
        var made = rig.changes.create("yard", wanted, ChangesRig.ANNA);
        // Then
        assertThat(made.keys().path("uri").asText()).isEqualTo("rtsp://***@192.0.2.2/a?x=1&password=***");
        assertThat(Files.readString(rig.yaml)).doesNotContain("p%40ss", "q5");
        assertThat(rig.settings.current().cameras().get("yard").uri()).isEqualTo("rtsp://192.0.2.2/a?x=1&password=q5");
        assertThat(rig.settings.current().cameras().get("yard").password()).contains("p@ss");
        // When: what was shown comes back
        String before = Files.readString(rig.yaml);
        rig.changes.change("yard", made.keys(), ChangesRig.ANNA);
        assertThat(Files.readString(rig.yaml)).isEqualTo(before);
        // Then: but not with another address
        ObjectNode moved = made.keys().deepCopy();
        moved.put("uri", "rtsp://***@192.0.2.3/a");
        assertThat(ChangesRig.refused(() -> rig.changes.change("yard", moved, ChangesRig.ANNA))
                        .problems())
                .extracting(FieldProblem::path)
                .containsExactly("uri");
    }

    @Test
    void shouldKeepSecretsOutOfPathsAndRefusals() throws IOException {
        // Given
        String path = "rtsp://192.0.2.2/user=admin&password=q5w6&channel=1";
        ObjectNode wanted = (ObjectNode) ChangesRig.json("{\"uri\":\"" + path + "\",\"detector\":\"people\"}");
        // When
        var made = rig.changes.create("yard", wanted, ChangesRig.ANNA);
        // Then
        assertThat(made.keys().path("uri").asText()).isEqualTo(path.replace("q5w6", "***"));
        assertThat(Files.readString(rig.yaml)).doesNotContain("q5w6");
        assertThat(rig.settings.current().cameras().get("yard").uri()).isEqualTo(path);
        for (String bad :
                List.of("rtsp://hub:q5w6/x@192.0.2.2/a", "rtsp://hub:12/q5w6@192.0.2.2", "rtsp://h:q5w6${X}@h/a")) {
            ObjectNode other = wanted.deepCopy().put("uri", bad);
            var refused = ChangesRig.refused(() -> rig.changes.create("dock2", other, ChangesRig.ANNA));
            assertThat(refused.kind()).isEqualTo(Kind.INVALID);
            assertThat(refused.problems()).singleElement().satisfies(problem -> assertThat(problem.path())
                    .isEqualTo("uri"));
            assertThat(refused.getMessage() + refused.problems()).doesNotContain("q5w6");
        }
    }

    @Test
    void shouldAskForThePasswordAgainBeforeItGoesToAnotherHost() throws IOException {
        // Given
        ObjectNode moved = rig.gate();
        moved.put("uri", "rtsp://192.0.2.66/a");
        ObjectNode second = rig.gate();
        second.putObject("streams").put("detect", "rtsp://192.0.2.66:8554/small");

        // When
        var refused = ChangesRig.refused(() -> rig.changes.change("gate", moved, ChangesRig.ANNA));
        var refusedToo = ChangesRig.refused(() -> rig.changes.change("gate", second, ChangesRig.ANNA));

        // Then
        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(refused.problems()).extracting(FieldProblem::path).containsExactly("password");
        assertThat(refused)
                .hasMessage("cameras.gate.password: is not sent to another host, 192.0.2.66, unasked; give the"
                        + " password again, or leave the key out where that host needs none");
        assertThat(refusedToo.problems()).extracting(FieldProblem::path).containsExactly("password");
        assertThat(Files.readString(rig.yaml)).isEqualTo(ChangesRig.TEXT);

        // When: the same host, another stream; then another host and the password
        rig.changes.change("gate", rig.gate().put("uri", "rtsp://192.0.2.1:554/b"), ChangesRig.ANNA);
        rig.changes.change("gate", moved.put("password", "again"), ChangesRig.ANNA);

        // Then
        assertThat(rig.settings.current().cameras().get("gate").uri()).isEqualTo("rtsp://192.0.2.66/a");
        assertThat(rig.settings.current().cameras().get("gate").password()).contains("again");
    }

    @Test
    void shouldNotReadSecretsOfTheHubForCallers() {
        ObjectNode wanted = rig.gate();
        wanted.put("name", "${HOME}");

        assertThat(ChangesRig.refused(() -> rig.changes.change("gate", wanted, ChangesRig.ANNA))
                        .problems())
                .extracting(FieldProblem::path)
                .containsExactly("name");
    }

    @Test
    void shouldRefuseWhatWasNotSeenAsItIs() {
        // Given
        var seen = rig.changes.camera("gate");
        var asked = new Asked("anna", Optional.of(seen.etag()));
        // When
        rig.changes.change(
                "dock",
                ChangesRig.json("{\"uri\":\"demo:crossing\",\"detector\":\"people\",\"detect-fps\":1}"),
                ChangesRig.ANNA);
        var after = rig.changes.change("gate", rig.gate().put("detect-fps", 1), asked);
        // Then
        assertThat(after.etag()).isNotEqualTo(seen.etag());
        assertThat(ChangesRig.refused(
                                () -> rig.changes.change("gate", rig.gate().put("detect-fps", 2), asked))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(ChangesRig.refused(() -> rig.changes.remove("gate", asked)).kind())
                .isEqualTo(Kind.STALE);
        rig.changes.remove("gate", new Asked("anna", Optional.of("\"other\", " + after.etag())));
    }

    @Test
    void shouldMakeChangesOfTwoCallersBoth() throws Exception {
        // Given
        List<Callable<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String id = "c" + i;
            calls.add(() -> rig.changes.create(
                    id, ChangesRig.json("{\"uri\":\"demo:crossing\",\"detector\":\"people\"}"), ChangesRig.ANNA));
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
        assertThat(rig.settings.current().cameras()).hasSize(12);
        assertThat(Files.readString(rig.yaml))
                .startsWith(ChangesRig.TEXT.substring(0, ChangesRig.TEXT.indexOf("  # the end")));
    }

    @Test
    void shouldNeverOverwriteWhatSomebodyElseWrote() throws IOException {
        var file = new ConfigurationFile(rig.yaml);
        String before = file.text();
        Files.writeString(rig.yaml, ChangesRig.TEXT + "# by hand\n");

        assertThat(ChangesRig.refused(() -> file.replace(before, "sightline: {}\n"))
                        .kind())
                .isEqualTo(Kind.STALE);

        assertThat(Files.readString(rig.yaml)).isEqualTo(ChangesRig.TEXT + "# by hand\n");
        assertThat(rig.config).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void shouldKeepModeMarkAndLink() throws IOException {
        // Given
        Path real = Files.move(rig.yaml, rig.config.resolve("real.yaml"));
        Files.createSymbolicLink(rig.yaml, real);
        Files.writeString(real, "\uFEFF" + ChangesRig.TEXT);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
        // When
        rig.changes.remove("dock", ChangesRig.ANNA);
        // Then
        assertThat(rig.yaml).isSymbolicLink();
        assertThat(Files.readString(real)).startsWith("\uFEFF# what").doesNotContain("dock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-rw-r--");
    }

    @Test
    void shouldSayThatTheFileMayNotBeWritten() throws IOException {
        Files.setPosixFilePermissions(rig.yaml, PosixFilePermissions.fromString("r--r--r--"));

        var refused = ChangesRig.refused(() -> rig.changes.remove("dock", ChangesRig.ANNA));

        assertThat(refused.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refused).hasMessageContaining(rig.yaml.toString()).hasMessageContaining("may not write it");
        assertThat(Files.readString(rig.yaml)).isEqualTo(ChangesRig.TEXT);
    }

    @Test
    void shouldChangeNothingInAFileThatIsWrong() throws IOException {
        Files.writeString(rig.yaml, ChangesRig.TEXT.replace("type: hog", "type: pig"));

        var refused = ChangesRig.refused(() -> rig.changes.remove("dock", ChangesRig.ANNA));

        assertThat(refused.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refused.problems()).extracting(FieldProblem::path).containsExactly("detectors.people.type");
        assertThat(Files.readString(rig.yaml)).contains("pig").contains("dock");
    }
}
