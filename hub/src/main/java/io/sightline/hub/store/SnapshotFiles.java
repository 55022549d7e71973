package io.sightline.hub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Pictures as files named by their SHA-256, below two levels of folders. A name is checked before it becomes a path. Any
 * thread.
 */
public final class SnapshotFiles {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Path root;
    private final Clock clock;
    private final AtomicLong written = new AtomicLong();

    SnapshotFiles(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /**
     * Keeps a picture; on the disk, with its folder entry, when it returns.
     *
     * @return SHA-256 in lower case hex, the name from now on
     */
    public String write(byte[] jpeg) throws IOException {
        String hash = hash(jpeg);
        Path file = path(hash);
        if (Files.exists(file)) {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return hash;
        }
        makeFolder(file.getParent());
        Path fresh = root.resolve(hash + "." + written.incrementAndGet() + ".new");
        try (var channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(jpeg);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.setLastModifiedTime(fresh, FileTime.from(clock.instant()));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.getParent());
        return hash;
    }

    /**
     * @param name hash, with or without {@code .jpg}; anything else finds nothing
     * @return the JPEG, or empty if there is none (any more)
     */
    public Optional<byte[]> read(String name) throws IOException {
        String hash = name.endsWith(".jpg") ? name.substring(0, name.length() - 4) : name;
        if (!HASH.matcher(hash).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(path(hash)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path root() {
        return root;
    }

    private Path path(String hash) {
        return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2, 4)).resolve(hash + ".jpg");
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        makeFolder(folder.getParent());
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException expected) {
            return; // another camera was faster
        }
        sync(folder.getParent());
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
