package io.sightline.hub.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SETTINGS = "as they were";

    @TempDir
    Path folder;

    private final List<Duration> waits = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();

    @Test
    void shouldHoldNoCameraThatDidNothing() {
        Reports.ofCamera(folder, "gate", NOON);

        assertThat(start(NOON).hold("yard", SETTINGS)).isEmpty();
    }

    @Test
    void shouldHoldACameraForAMinuteAfterItsFirstCrash() {
        // Given
        Reports.ofCamera(folder, "gate", NOON);
        var freed = new ArrayList<String>();
        // When
        Quarantine quarantine = start(NOON.plusSeconds(8));
        quarantine.whenFree(freed::add);
        var hold = quarantine.hold("gate", SETTINGS).orElseThrow();
        // Then
        assertThat(hold.until()).contains(NOON.plusSeconds(60));
        assertThat(hold.reason())
                .contains("camera gate", "SIGSEGV in libavcodec.so.61", "crashes/crash-20261121T120000.000Z.log")
                .endsWith("tried again at 2026-11-21T12:01:00Z");
        assertThat(waits).containsExactly(Duration.ofSeconds(52));
        // When
        waiting.forEach(Runnable::run);
        // Then
        assertThat(freed).containsExactly("gate");
        assertThat(start(NOON.plusSeconds(60)).hold("gate", SETTINGS)).isEmpty();
    }

    @Test
    void shouldLeaveACameraOffAfterTwoCrashesWithinAnHour() {
        crash(NOON);
        Instant second = NOON.plus(Duration.ofMinutes(59));

        Quarantine quarantine = crash(second);

        var hold = quarantine.hold("gate", SETTINGS).orElseThrow();
        assertThat(hold.until()).isEmpty();
        assertThat(hold.reason()).contains("stays off until");
        assertThat(start(second.plus(Duration.ofDays(400))).hold("gate", SETTINGS))
                .isPresent();
    }

    @Test
    void shouldWaitLongerWithEachCrashThatIsFarFromTheLast() {
        crash(NOON);
        crash(NOON.plus(Duration.ofHours(2)));
        Instant third = NOON.plus(Duration.ofHours(4));

        Quarantine quarantine = crash(third);

        assertThat(quarantine.hold("gate", SETTINGS).flatMap(Quarantine.Hold::until))
                .contains(third.plus(Duration.ofMinutes(4)));
    }

    @Test
    void shouldForgetAfterADay() {
        crash(NOON);
        Instant next = NOON.plus(Duration.ofHours(25));
        start(next);

        Quarantine quarantine = crash(next.plusSeconds(1));

        assertThat(quarantine.hold("gate", SETTINGS).flatMap(Quarantine.Hold::until))
                .contains(next.plusSeconds(61));
    }

    @Test
    void shouldSetACameraFreeThatHasOtherSettings() {
        crash(NOON);
        Quarantine quarantine = crash(NOON.plusSeconds(100));

        assertThat(quarantine.hold("gate", "another address")).isEmpty();

        assertThat(start(NOON.plusSeconds(110)).hold("gate", "another address")).isEmpty();
    }

    @Test
    void shouldLetAReleasedCameraTryAndRememberWhatItDid() {
        // Given
        crash(NOON);
        Quarantine quarantine = start(NOON.plusSeconds(8));
        var freed = new ArrayList<String>();
        quarantine.whenFree(freed::add);
        // When
        boolean released = quarantine.release("gate");
        // Then
        assertThat(released).isTrue();
        assertThat(quarantine.release("gate")).isFalse();
        assertThat(freed).containsExactly("gate");
        assertThat(quarantine.hold("gate", SETTINGS)).isEmpty();
        assertThat(start(NOON.plusSeconds(20)).hold("gate", SETTINGS)).isEmpty();
        // When
        Quarantine after = crash(NOON.plusSeconds(30));
        // Then
        assertThat(after.hold("gate", SETTINGS).orElseThrow().until()).isEmpty();
        // When
        after.release("gate");
        // Then
        assertThat(start(NOON.plusSeconds(50)).hold("gate", SETTINGS)).isEmpty();
    }

    @Test
    void shouldConnectCamerasOneAfterTheOtherWhereCrashesAreUnexplained() {
        // Given
        Quarantine first = start(NOON, 2);
        // When
        var gate = first.hold("gate", SETTINGS);
        var yard = first.hold("yard", SETTINGS);
        var door = first.hold("door", SETTINGS);
        // Then
        assertThat(gate).isEmpty();
        assertThat(yard.flatMap(Quarantine.Hold::until)).contains(NOON.plusSeconds(5));
        assertThat(door.flatMap(Quarantine.Hold::until)).contains(NOON.plusSeconds(10));
        assertThat(door.orElseThrow().reason()).contains("one after the other");
        // When: it dies in the turn of the gate
        Quarantine second = start(NOON.plusSeconds(8), 3);
        // Then
        assertThat(second.hold("gate", SETTINGS).orElseThrow().reason()).contains("no report at 2026-11-21T12:00:08Z)");
        assertThat(second.hold("yard", SETTINGS)).isEmpty();
    }

    @Test
    void shouldBlameNobodyWhoseTurnWentWell() {
        // Given
        start(NOON, 2).hold("gate", SETTINGS);
        waiting.forEach(Runnable::run);

        assertThat(start(NOON.plusSeconds(30), 3).hold("gate", SETTINGS)).isEmpty();
    }

    @Test
    void shouldBlameNobodyAfterAnOrderlyEndOrAKill() {
        Quarantine closed = start(NOON, 2);
        closed.hold("gate", SETTINGS);
        closed.close();
        assertThat(start(NOON.plusSeconds(8), 2).hold("gate", SETTINGS)).isEmpty();

        assertThat(start(NOON.plusSeconds(16), 0).hold("gate", SETTINGS)).isEmpty();
    }

    @Test
    void shouldTakeAReportInOnce() throws IOException {
        Reports.ofCamera(folder, "gate", NOON);
        start(NOON.plusSeconds(8));
        assertThat(files()).containsExactlyInAnyOrder("crash-20261121T120000.000Z.log", "ledger.json");

        // a process that died between the ledger and the new name of the report
        Reports.ofCamera(folder, "gate", NOON);

        assertThat(start(NOON.plusSeconds(16)).hold("gate", SETTINGS).flatMap(Quarantine.Hold::until))
                .contains(NOON.plusSeconds(60));
    }

    @Test
    void shouldKeepTheTenNewestReports() throws IOException {
        for (int i = 0; i < 14; i++) {
            Reports.of(folder, "is native thread", NOON.plusSeconds(i));
            start(NOON.plusSeconds(i));
        }

        assertThat(files())
                .hasSize(11)
                .contains("crash-20261121T120013.000Z.log", "ledger.json")
                .doesNotContain("crash-20261121T120003.000Z.log");
    }

    @Test
    void shouldBeginAnewWithALedgerThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("ledger.json"), "{ half");
        Reports.ofCamera(folder, "gate", NOON);

        assertThat(start(NOON.plusSeconds(8)).hold("gate", SETTINGS)).isPresent();
    }

    @Test
    void shouldHoldACameraAlsoWhereNothingCanBeWritten() throws IOException {
        Reports.ofCamera(folder, "gate", NOON);
        Files.createDirectories(folder.resolve("ledger.json.new/in the way"));

        assertThat(start(NOON.plusSeconds(8)).hold("gate", SETTINGS)).isPresent();
    }

    /** A start of the hub eight seconds after it died on the camera, which asks once. */
    private Quarantine crash(Instant at) {
        Reports.ofCamera(folder, "gate", at);
        Quarantine quarantine = start(at.plusSeconds(8));
        quarantine.hold("gate", SETTINGS);
        return quarantine;
    }

    private Quarantine start(Instant now) {
        return start(now, 0);
    }

    private Quarantine start(Instant now, int unexplained) {
        try {
            return Quarantine.open(folder, Clock.fixed(now, ZoneOffset.UTC), unexplained, (delay, task) -> {
                waits.add(delay);
                waiting.add(task);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
