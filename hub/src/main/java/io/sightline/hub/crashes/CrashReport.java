package io.sightline.hub.crashes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the JVM wrote down when it died ({@code hs_err_pid*.log}). The threads of a camera bear its id, so that the dying
 * thread tells whose pictures were worked on.
 *
 * @param at when it died: the time of the file
 * @param cameraId the camera; empty where another thread died
 * @param what signal and library, for example {@code SIGSEGV in libavcodec.so.61}
 */
record CrashReport(Path file, Instant at, Optional<String> cameraId, String what) {
    /** What matters stands before the stack and the memory map. */
    private static final int LINES = 400;

    private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z]+|EXCEPTION_[A-Z_]+|Internal Error)\\b");
    private static final Pattern LIBRARY = Pattern.compile("^#\\s.*\\[([^\\]\\[+]+)\\+0x[0-9a-f]+]");
    private static final Pattern THREAD = Pattern.compile("^Current thread .*JavaThread \"(.*)\"\\s*(daemon\\s*)?\\[");
    private static final Pattern CAMERA =
            Pattern.compile("camera-(?:reader|pipeline|packets-[0-9]+)-([a-z0-9][a-z0-9_-]{0,62})$");

    /** Reads what is there of a report; one that was not finished may name neither camera nor library. */
    static CrashReport read(Path file) throws IOException {
        List<String> lines;
        try (Stream<String> all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            lines = all.limit(LINES).toList();
        }
        String signal = first(lines, SIGNAL).orElse("an unknown signal");
        String what =
                first(lines, LIBRARY).map(library -> signal + " in " + library).orElse(signal);
        return new CrashReport(
                file,
                Files.getLastModifiedTime(file).toInstant(),
                first(lines, THREAD).flatMap(CrashReport::camera),
                what);
    }

    private static Optional<String> camera(String thread) {
        return first(List.of(thread), CAMERA);
    }

    private static Optional<String> first(List<String> lines, Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }
}
