package io.sightline.hub.data;

import io.sightline.hub.launcher.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens data folders. A folder belongs to one process at a time; the lock is held until the process ends or
 * {@link #close} is called.
 */
public final class DataFolders {
    private static final Map<Path, FileChannel> LOCKS = new ConcurrentHashMap<>();

    private DataFolders() {}

    /**
     * Makes the folder (mode 0700) where it is missing, locks it, and counts this start durably.
     *
     * @param configuredId id of the hub; empty: the one kept in the folder, made at the first start
     * @throws UsageException if the folder cannot be written, or another hub uses it
     */
    public static DataFolder open(Path path, Optional<String> configuredId) {
        try {
            makeFolder(path);
            lock(path);
            String kept = keep(path.resolve("hub-id"), DataFolders::newId);
            long start = Long.parseLong(read(path.resolve("starts")).orElse("0")) + 1;
            write(path.resolve("starts"), Long.toString(start));
            return new DataFolder(path, configuredId.orElse(kept), start);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    path.resolve("starts") + ": got something else than a number; restore it from a backup");
        } catch (IOException e) {
            throw new UsageException("data folder " + path + " cannot be written (" + reason(e)
                    + "); give the user of the hub the right to, or choose another with --data");
        }
    }

    /** Gives the folder free for another hub in this process; the end of the process does so too. */
    public static void close(DataFolder folder) {
        FileChannel channel = LOCKS.remove(folder.path());
        if (channel != null) {
            try (channel) {
                channel.force(true);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("cannot unlock " + folder.path(), e);
            }
        }
    }

    private static String newId() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return "hub-" + HexFormat.of().formatHex(random);
    }

    private static void makeFolder(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Files.createDirectories(path);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void lock(Path path) throws IOException {
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            channel.close();
            throw new UsageException("data folder " + path
                    + " is in use by another hub; stop that one, or choose another folder with --data");
        }
        LOCKS.put(path, channel);
    }

    private static String keep(Path file, java.util.function.Supplier<String> first) throws IOException {
        Optional<String> kept = read(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        String made = first.get();
        write(file, made);
        return made;
    }

    private static Optional<String> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** On the disk when it returns, whole or not at all. */
    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
