package io.sightline.hub.crashes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Crash reports as JDK 17 and 25 write them, shortened. */
public final class Reports {
    private static final String TEXT = """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f3a5c0b1e2a, pid=4711, tid=4750
            #
            # JRE version: OpenJDK Runtime Environment (17.0.17+10) (build 17.0.17+10-Debian-1deb12u1)
            # Java VM: OpenJDK 64-Bit Server VM (17.0.17+10-Debian-1deb12u1, mixed mode, sharing, serial gc, linux-amd64)
            # Problematic frame:
            # C  [libavcodec.so.61+0x4b1e2a]  ff_h264_decode_mb_cabac+0x1a
            #
            # No core dump will be written. Core dumps have been disabled.
            #

            ---------------  S U M M A R Y ------------

            Command Line: -Dsightline.home=/opt/sightline --data /var/lib/sightline

            ---------------  T H R E A D  ---------------

            Current thread (0x00007f3a5c0b1000):  %s[_thread_in_native, id=4750, stack(0x00007f39,0x00007f3a)]

            Stack: [0x00007f39,0x00007f3a],  sp=0x00007f39,  free space=500k
            """;

    private Reports() {}

    /** Leaves the report of a JVM that died in the reader of a camera. */
    public static Path ofCamera(Path folder, String camera, Instant at) {
        return of(folder, "JavaThread \"Camel (sightline) thread #12 - camera-reader-" + camera + "\" ", at);
    }

    /** @param thread as the report shows it, up to the bracket */
    static Path of(Path folder, String thread, Instant at) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("hs_err_pid" + (4711 + at.getEpochSecond() % 1000) + ".log");
            Files.writeString(file, TEXT.formatted(thread));
            Files.setLastModifiedTime(file, FileTime.from(at));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
