package io.sightline.hub.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyFilesTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-21T23:59:59Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void shouldWriteOneFileADayAndNameItWhenTheDayIsOver() throws IOException {
        // Given
        Path exports = folder.resolve("exports");
        try (var files = new DailyFiles(exports, "erp", clock)) {
            files.append("1".getBytes(UTF_8));
            files.append("2".getBytes(UTF_8));
            assertThat(exports.resolve("erp-2026-11-21.jsonl.part")).hasContent("1\n2\n");
            // When
            now = now.plusSeconds(2);
            files.append("3".getBytes(UTF_8));
        }
        // Then
        assertThat(exports.resolve("erp-2026-11-21.jsonl")).hasContent("1\n2\n");
        assertThat(exports.resolve("erp-2026-11-22.jsonl.part")).hasContent("3\n");
        assertThat(exports).isDirectoryNotContaining("glob:**erp-2026-11-21.jsonl.part");
    }

    @Test
    void shouldTakeOutALineThatACrashCutOff() throws IOException {
        // Given
        Path part = folder.resolve("erp-2026-11-21.jsonl.part");
        Files.writeString(part, "1\n{\"cut\":");
        // When
        try (var files = new DailyFiles(folder, "erp", clock)) {
            files.append("2".getBytes(UTF_8));
        }
        // Then
        assertThat(Files.readString(part)).isEqualTo("1\n2\n");
    }

    @Test
    void shouldGoOnInANewFileWhereSomebodyTookItAway() throws IOException {
        // Given
        Path part = folder.resolve("erp-2026-11-21.jsonl.part");
        try (var files = new DailyFiles(folder, "erp", clock)) {
            files.append("1".getBytes(UTF_8));
            Files.delete(part);
            // When
            files.append("2".getBytes(UTF_8));
        }
        // Then
        assertThat(Files.readString(part)).isEqualTo("2\n");
    }

    @Test
    void shouldKeepWhatIsCompleteAlready() throws IOException {
        // Given
        Files.writeString(folder.resolve("erp-2026-11-20.jsonl"), "old\n");
        Files.writeString(folder.resolve("erp-2026-11-20.jsonl.part"), "late\n", StandardOpenOption.CREATE);
        // When
        try (var files = new DailyFiles(folder, "erp", clock)) {
            files.append("1".getBytes(UTF_8));
        }
        // Then
        assertThat(folder.resolve("erp-2026-11-20.jsonl")).hasContent("old\n");
        assertThat(folder.resolve("erp-2026-11-20.jsonl.part")).hasContent("late\n");
    }

    @Test
    void shouldTellWhatTheDiskDoesNotTake() throws IOException {
        // Given
        Files.writeString(folder.resolve("file"), "no folder");
        // When
        try (var files = new DailyFiles(folder.resolve("file"), "erp", clock)) {
            var refused = assertThatThrownBy(() -> files.append("1".getBytes(UTF_8)));
            // Then
            refused.isInstanceOf(IOException.class);
        }
    }
}
