package io.sightline.hub.changes;

import io.sightline.hub.files.AtomicFile;
import io.sightline.hub.files.FileProblems;
import io.sightline.hub.files.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** sightline.yaml on the disk: read, and replaced only while it is what was read. */
final class ConfigurationFile {
    private static final Set<PosixFilePermission> WRITE =
            Set.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path file;

    ConfigurationFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** @throws ChangeRefusedException if it is not there or no YAML */
    YamlFile read() {
        try {
            return YamlFile.parse(file, text());
        } catch (FileProblems e) {
            throw ChangeRefusedException.wrongBefore(e);
        }
    }

    /** @throws ChangeRefusedException if it is not there or no text */
    String text() {
        try {
            return YamlFile.content(file);
        } catch (FileProblems e) {
            throw ChangeRefusedException.wrongBefore(e);
        }
    }

    /**
     * Replaces the text; mode, owner and a byte order mark stay.
     *
     * @param before what the change was made from
     * @throws ChangeRefusedException if it holds something else now, or cannot be written
     */
    void replace(String before, String text) {
        try {
            Path real = file.toRealPath();
            requireWritable(real);
            byte[] now = Files.readAllBytes(real);
            requireSame(before, now);
            AtomicFile.replace(real, bytes(text, hasMark(now)), () -> requireSame(before, Files.readAllBytes(real)));
        } catch (IOException e) {
            throw ChangeRefusedException.conflict(
                    file + ": cannot be replaced (" + reason(e)
                            + "); give the user of the hub the right to write in its folder, and mount the folder, not the file");
        }
    }

    /** A file that nobody may write is meant to stay as it is, even where the folder would allow to replace it. */
    private void requireWritable(Path real) throws IOException {
        boolean locked = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(real).stream().noneMatch(WRITE::contains);
        if (locked || !Files.isWritable(real)) {
            throw ChangeRefusedException.conflict(file + ": user '" + System.getProperty("user.name")
                    + "' may not write it; change the file where it comes from, or give the user the right to");
        }
    }

    private void requireSame(String before, byte[] now) {
        byte[] seen = bytes(before, hasMark(now));
        if (!Arrays.equals(seen, now)) {
            throw ChangeRefusedException.stale(
                    file + ": was changed by somebody else at the same time; look at it again");
        }
    }

    private static boolean hasMark(byte[] content) {
        return content.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(content, BYTE_ORDER_MARK.length));
    }

    private static byte[] bytes(String text, boolean mark) {
        return ((mark ? "\uFEFF" : "") + text).getBytes(StandardCharsets.UTF_8);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getClass().getSimpleName();
    }
}
