package io.sightline.hub.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashReportTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JavaThread \"Camel (sightline) thread #12 - camera-reader-gate\" | gate",
                "JavaThread \"Camel (sightline) thread #9 - camera-pipeline-gate_2\" daemon | gate_2",
                "JavaThread \"camera-reader-gate\" daemon | gate",
                "JavaThread \"Camel (sightline) thread #3 - camera-reader-camera-reader-x\" | camera-reader-x",
                "JavaThread \"Camel (sightline) thread #7 - camera-packets-1-gate\" | gate",
                "JavaThread \"Camel (sightline) thread #8 - camera-packets-2-2-gate\" daemon | 2-gate",
            })
    void shouldNameTheCameraOfTheThreadThatDied(String thread, String camera) throws IOException {
        Path file = Reports.of(folder, thread + " ", NOON);

        CrashReport report = CrashReport.read(file);

        assertThat(report.cameraId()).contains(camera);
        assertThat(report.what()).isEqualTo("SIGSEGV in libavcodec.so.61");
        assertThat(report.at()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JavaThread \"inference-3\" daemon",
                "JavaThread \"camera-reader-../../etc\"",
                "JavaThread \"camera-packets-gate\"",
                "VMThread \"VM Thread\"",
                "is native thread",
            })
    void shouldBlameNoCameraForTheDeathOfAnotherThread(String thread) throws IOException {
        assertThat(CrashReport.read(Reports.of(folder, thread + " ", NOON)).cameraId())
                .isEmpty();
    }

    @Test
    void shouldMakeDoWithAReportThatWasNotFinished() throws IOException {
        Path file = Files.write(folder.resolve("hs_err_pid1.log"), new byte[] {'#', '\n', (byte) 0xff, 0});

        CrashReport report = CrashReport.read(file);

        assertThat(report.cameraId()).isEmpty();
        assertThat(report.what()).isEqualTo("an unknown signal");
    }
}
