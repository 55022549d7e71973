package io.sightline.hub.clips;

import io.sightline.hub.settings.RetentionSettings;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.clips.ClipFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Keeps clips within their limits: the oldest go. A clip that was told of since the oldest event was sent that still waits
 * for a sink, or shows what still goes on, is not touched, however short the disk is: then no new ones are written. One
 * call at a time; any thread.
 */
public final class ClipRetention implements ClipFiles.Room {
    /** Between telling of a clip and sending the event. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int ROOM_PERCENT = 5;
    private static final String KIND = "store";
    private static final String ID = "clips";
    private static final String SHORT = "DISK_SHORT";
    private static final String STUCK = "CLIPS";

    private final ClipFiles files;
    private final Integrations integrations;
    private final Clock clock;
    private final Limits limits;
    private final LongAdder removed = new LongAdder();
    private ToLongFunction<Path> freePercent = ClipRetention::freePercent;
    private volatile Predicate<ClipFolder.Clip> open = clip -> false;

    /**
     * What decides how long clips stay.
     *
     * @param oldestWaiting when the oldest event was sent that a sink has not taken yet; empty where there is none
     */
    record Limits(Supplier<RetentionSettings> settings, Supplier<Optional<Instant>> oldestWaiting) {}

    ClipRetention(ClipFiles files, Integrations integrations, Clock clock, Limits limits) {
        this.files = files;
        this.integrations = integrations;
        this.clock = clock;
        this.limits = limits;
    }

    void measure(ToLongFunction<Path> freePercentOfDisk) {
        freePercent = freePercentOfDisk;
    }

    /** @param stillOpen whether what a clip shows still goes on; any thread */
    void spare(Predicate<ClipFolder.Clip> stillOpen) {
        open = stillOpen;
    }

    /** Clips removed since the start, for age or for want of space. */
    public long removed() {
        return removed.sum();
    }

    /** Removes what is too old or too much. */
    public synchronized void sweep() {
        try {
            Deque<Clip> oldest = mayGo();
            long size = size();
            var keep = limits.settings().get().clips();
            Instant limit = clock.instant().minus(keep.age());
            while (!oldest.isEmpty() && oldest.peek().told().isBefore(limit)) {
                size -= remove(oldest.poll());
            }
            if (size > keep.size()) {
                long target = keep.size() / 100 * (100 - ROOM_PERCENT);
                while (!oldest.isEmpty() && size > target) {
                    size -= remove(oldest.poll());
                }
            }
            shed(oldest);
            over(STUCK);
        } catch (IOException | UncheckedIOException e) {
            integrations.degraded(KIND, ID, STUCK, "clips cannot be cleared: " + e.getMessage());
        }
    }

    /** Makes room if it can. */
    @Override
    public synchronized void require() throws IOException {
        int wanted = limits.settings().get().freeSpace();
        if (free() < wanted && !shed(mayGo())) {
            throw new IOException("less than " + wanted + " % of the disk are free");
        }
    }

    /** @return whether there is enough free space */
    private boolean shed(Deque<Clip> oldest) throws IOException {
        int wanted = limits.settings().get().freeSpace();
        long free = free();
        int shed = 0;
        while (free < wanted && !oldest.isEmpty()) {
            remove(oldest.poll());
            shed++;
            free = free();
        }
        boolean enough = free >= wanted;
        if (!enough || shed > 0) {
            integrations.degraded(
                    KIND,
                    ID,
                    SHORT,
                    free + " % of the disk is free, wanted are " + wanted + " %; removed " + shed
                            + " clips" + (enough ? "" : ", none can be written")
                            + "; free some space or change retention");
        } else {
            over(SHORT);
        }
        return enough;
    }

    /** What was told under this code, if it was told last, is not so any more. */
    private void over(String code) {
        integrations
                .find(KIND, ID)
                .filter(clips -> code.equals(clips.code()))
                .ifPresent(clips -> integrations.online(KIND, ID));
    }

    private long free() {
        return freePercent.applyAsLong(files.root());
    }

    private long size() throws IOException {
        return all().stream().mapToLong(Clip::size).sum();
    }

    /** All that is delivered and over, oldest first; where no event waits, one may still be on its way to the spine. */
    private Deque<Clip> mayGo() throws IOException {
        Instant now = clock.instant();
        Instant from = limits.oldestWaiting().get().orElse(now).minus(MARGIN);
        Deque<Clip> clips = all();
        clips.removeIf(clip -> !clip.told().isBefore(from) || isOpen(clip));
        return clips;
    }

    private boolean isOpen(Clip clip) {
        Path file = clip.file();
        return ClipFiles.clip(
                        file.getParent().getFileName().toString(),
                        file.getFileName().toString())
                .filter(open)
                .isPresent();
    }

    private Deque<Clip> all() throws IOException {
        if (!Files.isDirectory(files.root())) {
            return new ArrayDeque<>();
        }
        try (Stream<Path> found = Files.find(
                files.root(),
                2,
                (path, about) -> about.isRegularFile() && path.toString().endsWith(".mp4"))) {
            var clips = new ArrayDeque<Clip>();
            found.map(ClipRetention::clip)
                    .sorted(Comparator.comparing(Clip::told))
                    .forEach(clips::add);
            return clips;
        }
    }

    private static Clip clip(Path file) {
        try {
            var about = Files.readAttributes(file, BasicFileAttributes.class);
            return new Clip(file, about.lastModifiedTime().toInstant(), about.size());
        } catch (IOException expected) {
            return new Clip(file, Instant.MAX, 0); // gone meanwhile
        }
    }

    private long remove(Clip clip) throws IOException {
        if (Files.deleteIfExists(clip.file())) {
            removed.increment();
        }
        return clip.size();
    }

    private static long freePercent(Path path) {
        try {
            var disk = Files.getFileStore(Files.exists(path) ? path : path.getParent());
            return disk.getTotalSpace() == 0 ? 100 : disk.getUsableSpace() * 100 / disk.getTotalSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("free space of " + path + " is not known", e);
        }
    }

    /** @param told when an event last told of it, or it was completed */
    private record Clip(Path file, Instant told, long size) {}
}
