package io.sightline.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sightline.hub.changes.ChangeRefusedException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Earlier versions of the configuration, and going back to them. */
class EarlierVersionsTest {
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
    void shouldKeepTheLastTenVersionsWithWhoAndWhat() throws IOException {
        // When
        rig.changes.remove("dock", ChangesRig.ANNA);
        Files.writeString(rig.yaml, Files.readString(rig.yaml).replace("username: hub", "username: spy"));
        rig.settings.reload();
        // Then
        var kept = rig.changes.revisions();
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
            rig.changes.change("gate", rig.gate().put("detect-fps", i), ChangesRig.ANNA);
        }
        // Then: also for the next start
        assertThat(rig.newChanges().revisions().revisions())
                .isEqualTo(rig.changes.revisions().revisions())
                .extracting(Revision::id)
                .containsExactly("14", "13", "12", "11", "10", "9", "8", "7", "6", "5");
    }

    @Test
    void shouldGoBackToAVersionAndAgain() throws IOException {
        // Given
        rig.changes.remove("dock", ChangesRig.ANNA);
        rig.changes.change("gate", rig.gate().put("password", "new"), ChangesRig.ANNA);
        // When
        var restored = rig.changes.restore("1", ChangesRig.ANNA);
        // Then
        assertThat(restored.id()).isEqualTo("4");
        assertThat(restored.via()).isEqualTo(Revision.Via.RESTORE);
        assertThat(restored.restored()).contains("1");
        assertThat(rig.settings.current().cameras()).containsOnlyKeys("gate", "dock");
        assertThat(rig.settings.current().cameras().get("gate").password()).contains("in-clear");
        assertThat(Files.readString(rig.yaml)).doesNotContain("in-clear");
        assertThat(Files.readString(rig.yaml).replaceAll("\"\\$.*\"", "in-clear"))
                .isEqualTo(ChangesRig.TEXT);
        // When
        rig.changes.restore("3", ChangesRig.ANNA);
        // Then
        assertThat(rig.settings.current().cameras().get("gate").password()).contains("new");
        assertThat(ChangesRig.refused(() -> rig.changes.restore("99", ChangesRig.ANNA))
                        .kind())
                .isEqualTo(Kind.MISSING);
        assertThat(ChangesRig.refused(() -> rig.changes.restore("1", new Asked("anna", Optional.of("\"old\""))))
                        .kind())
                .isEqualTo(Kind.STALE);
    }

    @Test
    void shouldGoBackFromAFileThatIsBroken() throws IOException {
        Files.writeString(rig.yaml, "sightline: [\n");

        rig.changes.restore("1", ChangesRig.ANNA);

        assertThat(rig.settings.current().cameras()).containsOnlyKeys("gate", "dock");
    }

    @Test
    void shouldNotGoBackToWhatIsWrongNow() throws IOException {
        // Given
        Path model = Files.writeString(rig.config.resolve("labels.txt"), "person\n");
        String more = ChangesRig.TEXT.replace(
                "{ type: hog } }", "{ type: hog }, o: { type: onnx, model: labels.txt, labels: labels.txt } }");
        Files.writeString(rig.yaml, more);
        rig.settings.reload();
        Files.writeString(rig.yaml, ChangesRig.TEXT);
        rig.settings.reload();
        assertThat(rig.changes.revisions().revisions()).hasSize(3);
        Files.delete(model);
        // When
        var refused = ChangesRig.refused(() -> rig.changes.restore("2", ChangesRig.ANNA));
        // Then
        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(Files.readString(rig.yaml)).isEqualTo(ChangesRig.TEXT);
    }

    @Test
    void shouldKeepNoPasswordOfAComment() throws IOException {
        Files.writeString(
                rig.yaml,
                ChangesRig.TEXT + "  # password: old-one\n  # password: ${GATE}\n  # rtsp://hub:old-two/x@h/a\n");
        rig.settings.reload();

        assertThat(rig.changes.revisions().revisions().get(0).text())
                .doesNotContain("old-one", "old-two")
                .contains("# password: ***\n  # password: ${GATE}\n  # rtsp://***@h/a\n");
    }
}
