package io.sightline.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FragmentedMp4Test {
    @TempDir
    Path folder;

    private Packets sent;

    @BeforeEach
    void record() throws Exception {
        sent = Packets.of(Packets.video(folder.resolve("camera.mp4"), 60));
    }

    private static String type(byte[] bytes, int box) {
        return new String(bytes, box + 4, 4, StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldBeAnMp4WhoseFragmentsAreOneMessageEach() throws Exception {
        // Given
        var all = new ByteArrayOutputStream();
        // When
        try (var mp4 = new FragmentedMp4(sent.formats.get(0))) {
            all.writeBytes(mp4.beginning());
            assertThat(type(mp4.beginning(), 0)).isEqualTo("ftyp");
            for (EncodedPacket packet : sent.packets) {
                byte[] fragment = mp4.fragment(List.of(packet), false);
                assertThat(type(fragment, 0)).isEqualTo("moof");
                all.writeBytes(fragment);
            }
        }
        // Then
        Packets read = Packets.of(Files.write(folder.resolve("live.mp4"), all.toByteArray()));
        assertThat(read.packets).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(read.packets.get(i).bytes())
                    .isEqualTo(sent.packets.get(i).bytes());
            assertThat(read.millis(i)).isEqualTo(i * 40L);
        }
    }

    @Test
    void shouldLeaveNoGapInTimeWherePacketsAreMissing() throws Exception {
        // Given
        int key = secondKey();
        var all = new ByteArrayOutputStream();
        // When
        try (var mp4 = new FragmentedMp4(sent.formats.get(0))) {
            all.writeBytes(mp4.beginning());
            all.writeBytes(mp4.fragment(sent.packets.subList(0, 5), false));
            all.writeBytes(mp4.fragment(sent.packets.subList(key, key + 4), true));
        }
        // Then
        Packets read = Packets.of(Files.write(folder.resolve("live.mp4"), all.toByteArray()));
        assertThat(read.packets).hasSize(9);
        for (int i = 0; i < 9; i++) {
            assertThat(read.millis(i)).isEqualTo(i * 40L);
        }
        assertThat(read.packets.get(5).bytes()).isEqualTo(sent.packets.get(key).bytes());
    }

    private int secondKey() {
        for (int i = 1; i < sent.packets.size(); i++) {
            if (sent.packets.get(i).key()) {
                return i;
            }
        }
        throw new IllegalStateException("one key frame only");
    }

    @Test
    void shouldNameTheCodecForBrowsers() {
        assertThat(sent.formats.get(0).browserCodec())
                .hasValueSatisfying(name -> assertThat(name).matches("avc1\\.[0-9a-f]{6}"));
        assertThat(Packets.h264(new byte[] {0, 0, 0, 1, 0x67, 0x4d, 0x40, 0x1e, 7})
                        .browserCodec())
                .contains("avc1.4d401e");
        assertThat(new StreamFormat("hevc", 173, 2, 2, new byte[] {1, 2, 3, 4}, StreamFormat.Tick.NANOSECOND)
                        .browserCodec())
                .isEmpty();
        assertThat(Packets.h264(new byte[] {0, 0, 0, 1, 0x68, 1}).browserCodec())
                .isEmpty();
    }
}
