package io.sightline.hub.crashes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of crash reports and the ledger. A report named {@code hs_err…} is new; one that was taken in is named
 * {@code crash-<time>.log}, because the JVM writes over a report when process numbers come again.
 */
final class CrashFolder {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_REPORTS = 10;

    private final Path folder;

    CrashFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    /** Reports that nobody has taken in, oldest first. */
    List<CrashReport> fresh() throws IOException {
        var reports = new ArrayList<CrashReport>();
        for (Path file : files("hs_err")) {
            reports.add(CrashReport.read(file));
        }
        reports.sort(Comparator.comparing(CrashReport::at));
        return reports;
    }

    /** The name that a report has once it is taken in. */
    static String name(CrashReport report) {
        return "crash-" + NAME.format(report.at()) + ".log";
    }

    /** Gives the report its lasting name, and removes the oldest ones beyond ten. */
    void keep(CrashReport report) throws IOException {
        Files.move(report.file(), folder.resolve(name(report)), StandardCopyOption.REPLACE_EXISTING);
        List<Path> kept = files("crash-");
        for (Path old : kept.subList(0, Math.max(0, kept.size() - MOST_REPORTS))) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(prefix) && name.endsWith(".log");
                    })
                    .sorted()
                    .toList();
        }
    }

    /** @return none where there is no ledger yet */
    List<Suspect> ledger() throws IOException {
        Path ledger = folder.resolve("ledger.json");
        return Files.exists(ledger)
                ? JSON.readValue(Files.readAllBytes(ledger), new TypeReference<List<Suspect>>() {})
                : List.of();
    }

    /** On the disk when it returns, whole or not at all. */
    void write(List<Suspect> suspects) throws IOException {
        Path fresh = folder.resolve("ledger.json.new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(JSON.writeValueAsBytes(suspects));
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(
                fresh,
                folder.resolve("ledger.json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
