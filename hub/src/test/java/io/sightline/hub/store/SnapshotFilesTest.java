package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFilesTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameAPictureByItsHash() throws IOException {
        // Given
        var files = new SnapshotFiles(folder.resolve("snapshots"), Clock.systemUTC());
        // When
        String hash = files.write("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        String again = files.write("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        // Then
        assertThat(hash).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(again).isEqualTo(hash);
        assertThat(folder.resolve("snapshots/ba/78/" + hash + ".jpg")).hasContent("abc");
        assertThat(files.read(hash)).isPresent();
        assertThat(files.read(hash + ".jpg")).isPresent();
        try (var left = Files.list(folder.resolve("snapshots"))) {
            assertThat(left).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../../secret",
                "BA78",
                "ba/78",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a/",
                ".jpg"
            })
    void shouldFindNothingForWhatIsNoHash(String name) throws IOException {
        assertThat(new SnapshotFiles(folder, Clock.systemUTC()).read(name)).isEmpty();
    }
}
