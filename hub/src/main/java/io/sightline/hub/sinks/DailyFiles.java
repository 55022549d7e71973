package io.sightline.hub.sinks;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Lines in one file a day, {@code NAME-2026-11-21.jsonl}, by the time of writing in UTC. The file of the day ends in
 * {@code .part} and loses that when the day is over. Each line is on the disk when {@link #append} returns; one that was
 * cut off, by a crash or a full disk, is taken out before the next is written. Any thread, one at a time.
 */
final class DailyFiles implements AutoCloseable {
    private static final String ENDING = ".jsonl";
    private static final String PART = ".part";

    private final Path folder;
    private final String name;
    private final Clock clock;
    private @Nullable Open open;

    DailyFiles(Path folder, String name, Clock clock) {
        this.folder = folder;
        this.name = name;
        this.clock = clock;
    }

    /** @throws IOException if the disk does not take it; nothing of the line is left then, or will be */
    synchronized void append(byte[] line) throws IOException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Open file = open;
        if (file == null || !file.day.equals(today) || !Files.exists(file.path)) {
            close();
            complete(today);
            file = Open.of(path(today), today);
            open = file;
        }
        try {
            file.write(line);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Path path(LocalDate day) {
        return folder.resolve(name + "-" + day + ENDING + PART);
    }

    /** Takes the ending off the files of days that are over. */
    private void complete(LocalDate today) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, name + "-????-??-??" + ENDING + PART)) {
            for (Path part : parts) {
                if (!part.equals(path(today))) {
                    String file = part.getFileName().toString();
                    Path whole = part.resolveSibling(file.substring(0, file.length() - PART.length()));
                    cut(part);
                    if (!Files.exists(whole)) {
                        Files.move(part, whole);
                    }
                }
            }
        }
        syncFolder();
    }

    private static void cut(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, READ, WRITE)) {
            Open.cut(channel);
        }
    }

    /** So that a new name survives a crash, too; where the system cannot, it does without. */
    private void syncFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, READ)) {
            directory.force(true);
        } catch (java.nio.file.AccessDeniedException expected) {
            // Windows opens no folders
        }
    }

    @Override
    public synchronized void close() throws IOException {
        Open file = open;
        open = null;
        if (file != null) {
            file.channel.close();
        }
    }

    /** The file of a day. */
    private record Open(Path path, LocalDate day, FileChannel channel) {
        static Open of(Path path, LocalDate day) throws IOException {
            boolean fresh = !Files.exists(path);
            FileChannel channel = FileChannel.open(path, READ, WRITE, CREATE);
            try {
                cut(channel);
                if (fresh) {
                    channel.force(true);
                }
                return new Open(path, day, channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        void write(byte[] line) throws IOException {
            long before = channel.position();
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1)
                    .put(line)
                    .put((byte) '\n')
                    .flip();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }

        /** Leaves whole lines only, and stands behind the last one. */
        static void cut(FileChannel channel) throws IOException {
            long end = channel.size();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (end > 0) {
                one.clear();
                channel.read(one, end - 1);
                if (one.get(0) == '\n') {
                    break;
                }
                end--;
            }
            channel.truncate(end);
            channel.position(end);
        }
    }
}
