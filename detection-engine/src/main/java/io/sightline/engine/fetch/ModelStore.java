package io.sightline.engine.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A folder of models that were fetched, each under its hash. Any number of threads may use it; several processes may
 * share the folder.
 */
public final class ModelStore {
    /** Largest model; files of ONNX cannot be larger. */
    public static final long MAX_BYTES = 2L << 30;

    private static final Duration STALL = Duration.ofSeconds(30);

    private final Path folder;
    private final Limits limits;

    /**
     * @param bytes largest file that is taken
     * @param stall longest time without a byte
     */
    record Limits(long bytes, Duration stall) {}

    /** Is told how far it is; on the fetching thread, many times a second. */
    public interface Progress {
        /** @param total bytes of the model; negative where the server does not say */
        void bytes(long done, long total);
    }

    /** @param folder made when it is needed */
    public ModelStore(Path folder) {
        this(folder, new Limits(MAX_BYTES, STALL));
    }

    ModelStore(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Where the model is kept, whether or not it has been fetched. */
    public Path file(ModelSource source) {
        return folder.resolve(source.sha256() + ".onnx");
    }

    /** The model, if it has been fetched and is whole; reads all of it. */
    public Optional<Path> find(ModelSource source) {
        Path file = file(source);
        try {
            if (Files.isRegularFile(file) && sha256(file).equals(source.sha256())) {
                return Optional.of(file);
            }
        } catch (IOException e) {
            return Optional.empty(); // it is fetched anew, which tells what is wrong with the folder
        }
        return Optional.empty();
    }

    /**
     * Fetches a model unless it is there. Goes on where an earlier try broke off; takes up a connection that breaks, as
     * long as bytes come.
     *
     * @throws FetchException if it does not come, is too large or is another one; of that nothing is kept
     */
    public Path fetch(ModelSource source, Progress progress) throws FetchException, InterruptedException {
        Optional<Path> known = find(source);
        if (known.isPresent()) {
            return known.get();
        }
        Path part = folder.resolve(source.sha256() + ".part");
        try {
            Files.createDirectories(folder);
            try (var lockFile = FileChannel.open(
                            folder.resolve(source.sha256() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = lock(lockFile, source)) {
                assert lock.isValid();
                return fetchLocked(source, part, progress);
            } finally {
                Files.deleteIfExists(folder.resolve(source.sha256() + ".lock"));
            }
        } catch (IOException e) {
            throw FetchException.forNow("model " + source + " cannot be kept in " + folder + ": " + e);
        }
    }

    private Path fetchLocked(ModelSource source, Path part, Progress progress)
            throws IOException, FetchException, InterruptedException {
        boolean resumed = Files.exists(part) && Files.size(part) > 0;
        var download = new Download(source, part, limits);
        download.run(progress);
        if (!sha256(part).equals(source.sha256()) && resumed) {
            Files.delete(part); // what lay there may have been of another model
            download.run(progress);
        }
        String got = sha256(part);
        if (!got.equals(source.sha256())) {
            Files.delete(part);
            throw FetchException.forGood("model " + source + " is another one: its SHA-256 is " + got
                    + ", asked for is " + source.sha256() + "; it was thrown away");
        }
        return Files.move(part, file(source), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileLock lock(FileChannel file, ModelSource source) throws IOException, FetchException {
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw FetchException.forNow("model " + source + " is being fetched already");
        }
        throw FetchException.forNow("model " + source + " is being fetched by another process");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            var buffer = new byte[1 << 16];
            while (digest.read(buffer) >= 0) {
                // the digest takes what is read
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
