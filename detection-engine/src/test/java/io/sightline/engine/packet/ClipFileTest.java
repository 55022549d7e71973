package io.sightline.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClipFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldHoldTheVeryPacketsWithTheirTimes() throws Exception {
        // Given
        Packets sent = Packets.of(Packets.video(folder.resolve("camera.mp4"), 60));
        Path file = folder.resolve("clip.part");
        // When
        try (var clip = new ClipFile(file, sent.formats.get(0))) {
            for (EncodedPacket packet : sent.packets) {
                clip.write(packet);
            }
            assertThat(clip.length()).isEqualTo(Duration.ofMillis(59 * 40));
            clip.finish();
        }
        // Then
        Packets read = Packets.of(file);
        assertThat(read.packets).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(read.packets.get(i).bytes())
                    .isEqualTo(sent.packets.get(i).bytes());
            assertThat(read.millis(i)).isEqualTo(i * 40L);
            assertThat(read.packets.get(i).key()).isEqualTo(sent.packets.get(i).key());
        }
        assertThat(read.formats.get(0).extra()).isEqualTo(sent.formats.get(0).extra());
    }

    @Test
    void shouldPlayBeforeAllOfItIsLoaded() throws Exception {
        Packets sent = Packets.of(Packets.video(folder.resolve("camera.mp4"), 10));
        Path file = folder.resolve("clip.mp4");
        try (var clip = new ClipFile(file, sent.formats.get(0))) {
            for (EncodedPacket packet : sent.packets) {
                clip.write(packet);
            }
            clip.finish();
        }

        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);

        assertThat(bytes.indexOf("moov")).isBetween(0, bytes.indexOf("mdat"));
    }

    @Test
    void shouldNotBeReadableBeforeItIsFinished() throws Exception {
        Packets sent = Packets.of(Packets.video(folder.resolve("camera.mp4"), 10));
        Path file = folder.resolve("clip.part");
        try (var clip = new ClipFile(file, sent.formats.get(0))) {
            for (EncodedPacket packet : sent.packets) {
                clip.write(packet);
            }
        }

        assertThatThrownBy(() -> Packets.of(file)).hasMessageContaining("clip.part");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayThatTheDiskIsFull() throws Exception {
        Packets sent = Packets.of(Packets.video(folder.resolve("camera.mp4"), 60));

        assertThatThrownBy(() -> {
                    try (var clip = new ClipFile(Path.of("/dev/full"), sent.formats.get(0))) {
                        for (EncodedPacket packet : sent.packets) {
                            clip.write(packet);
                        }
                        clip.finish();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/full");
    }

    @Test
    void shouldRefuseAFolderThatIsNotThere() {
        assertThatThrownBy(() -> new ClipFile(folder.resolve("none/clip.part"), Packets.FORMAT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("clip.part");
    }
}
