package io.sightline.hub.clips;

import io.sightline.hub.files.AtomicFile;
import io.sightline.hub.security.SignedLinks;
import io.sightline.processors.clips.ClipFolder;
import io.sightline.processors.clips.ClipRef;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clips as files, a folder for each camera. A name is checked before it becomes a path. What a crash has left half written
 * is removed at the start; its name never was that of a clip. Any thread.
 */
public final class ClipFiles implements ClipFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ClipFiles.class);
    private static final Pattern CAMERA = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String WITH_LOGIN = "/api/v1/clips/";
    private static final String WITHOUT_LOGIN = "/api/v1/shared/clips/";
    private static final String WHOLE = ".mp4";
    private static final String HALF = ".part";

    /** In a camera's folder: the newest clip from before the camera had privacy. */
    private static final String COVERED = "covered";

    private final Path root;
    private final Links links;
    private final Clock clock;
    private final Set<String> unmarked = ConcurrentHashMap.newKeySet();
    private Room room = () -> {};

    /**
     * How clips are linked.
     *
     * @param base address of the hub, without a slash at its end; may be empty
     * @param age how long signed links in events are good; zero: events have none
     */
    record Links(String base, SignedLinks signer, Supplier<Duration> age) {}

    /** Says whether there is room for another clip. */
    interface Room {
        /** @throws IOException if there is none, with the reason */
        void require() throws IOException;
    }

    ClipFiles(Path root, Links links, Clock clock) {
        this.root = root;
        this.links = links;
        this.clock = clock;
        removeHalves();
    }

    void ask(Room forRoom) {
        room = forRoom;
    }

    private void removeHalves() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> all = Files.find(
                root,
                2,
                (path, about) -> about.isRegularFile() && path.toString().endsWith(HALF))) {
            for (Path half : all.toList()) {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("clips that were not completed could not be removed");
        }
    }

    /** The clip of that name, if it can be one; whether there is one is another matter. */
    public static Optional<Clip> clip(String camera, String name) {
        String id = name.endsWith(WHOLE) ? name.substring(0, name.length() - WHOLE.length()) : name;
        return CAMERA.matcher(camera).matches() && UUID.matcher(id).matches()
                ? Optional.of(new Clip(camera, id))
                : Optional.empty();
    }

    /** The clip that a link in an event leads to. */
    public static Optional<Clip> clip(String href) {
        int at = href.indexOf(WITH_LOGIN);
        String[] parts = at < 0
                ? new String[0]
                : href.substring(at + WITH_LOGIN.length()).split("/", -1);
        return parts.length == 2 ? clip(parts[0], parts[1]) : Optional.empty();
    }

    /** The whole file of a clip; empty if there is none, not yet or not any more. */
    public Optional<Path> file(Clip clip) {
        return Optional.of(path(clip, WHOLE)).filter(Files::isRegularFile);
    }

    /**
     * The camera has privacy: its clips up to now are never shown again, whatever becomes of the camera. Where that cannot
     * be written down, it holds for all its clips until the hub ends.
     */
    void cover(String cameraId) {
        Path folder = root.resolve(cameraId);
        try {
            Optional<String> newest = newest(folder);
            if (newest.isPresent()) {
                AtomicFile.writeSecret(folder.resolve(COVERED), newest.get().getBytes(StandardCharsets.US_ASCII));
            }
            unmarked.remove(cameraId);
        } catch (IOException e) {
            unmarked.add(cameraId);
            LOG.atWarn()
                    .addKeyValue("cameraId", cameraId)
                    .setCause(e)
                    .log("that its clips are from before it had privacy could not be written down");
        }
    }

    /** Ids grow with time, and begin with it. */
    private static Optional<String> newest(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(WHOLE) || name.endsWith(HALF))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .max(Comparator.naturalOrder());
        }
    }

    /** Whether the clip is from before its camera had privacy, be the camera there or not. */
    public boolean isCovered(Clip clip) {
        Path marker = root.resolve(clip.cameraId()).resolve(COVERED);
        try {
            return unmarked.contains(clip.cameraId())
                    || Files.exists(marker) && clip.id().compareTo(Files.readString(marker)) <= 0;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cameraId", clip.cameraId()).setCause(e).log("none of its clips is shown");
            return true;
        }
    }

    /** Whether this query is good for the link without a login to this clip. */
    public boolean isSigned(Clip clip, @Nullable String expires, @Nullable String signature) {
        return expires != null && signature != null && links.signer().isGood(shared(clip), expires, signature);
    }

    /** A link to the clip that needs no login. */
    public ClipRef.Signed sign(Clip clip, Duration age) {
        Instant expiresAt = Instant.ofEpochSecond(clock.instant().plus(age).getEpochSecond());
        return new ClipRef.Signed(links.base() + links.signer().sign(shared(clip), expiresAt), expiresAt);
    }

    private static String shared(Clip clip) {
        return WITHOUT_LOGIN + clip.cameraId() + "/" + clip.id() + WHOLE;
    }

    @Override
    public ClipRef link(Clip clip, Instant startsAt, Optional<Duration> length) {
        Duration age = links.age().get();
        String href = links.base() + WITH_LOGIN + clip.cameraId() + "/" + clip.id() + WHOLE;
        return new ClipRef(href, startsAt, length, age.isZero() ? Optional.empty() : Optional.of(sign(clip, age)));
    }

    @Override
    public Path begin(Clip clip) throws IOException {
        room.require();
        Path file = path(clip, HALF);
        Files.createDirectories(file.getParent());
        return file;
    }

    @Override
    public void complete(Clip clip) throws IOException {
        Path half = path(clip, HALF);
        Files.setLastModifiedTime(half, FileTime.from(clock.instant()));
        Files.move(half, path(clip, WHOLE), StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(half.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public void giveUp(Clip clip) {
        try {
            Files.deleteIfExists(path(clip, HALF));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("half a clip stays until the next start");
        }
    }

    /** The time of a clip's file is when it was last told of: only after that may all have got what they have to get. */
    @Override
    public void referred(Clip clip) {
        try {
            Files.setLastModifiedTime(path(clip, WHOLE), FileTime.from(clock.instant()));
        } catch (NoSuchFileException expected) {
            // still being written, and gets its time then
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a clip keeps its older time");
        }
    }

    Path root() {
        return root;
    }

    private Path path(Clip clip, String ending) {
        if (clip(clip.cameraId(), clip.id()).isEmpty()) {
            throw new IllegalArgumentException("no clip can have this name");
        }
        return root.resolve(clip.cameraId()).resolve(clip.id() + ending);
    }
}
