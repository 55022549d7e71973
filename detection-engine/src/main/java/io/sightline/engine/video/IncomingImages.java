package io.sightline.engine.video;

import io.sightline.engine.video.SeenImages.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the images of a folder that are complete and were not looked at yet, the oldest first. It looks by itself, as
 * network folders tell nobody what happens in them. One thread.
 *
 * <p>An image is complete when its size and time have not changed for {@link #SETTLED}, or if it is older than {@link
 * #OLD} when it is first met, as one is that was moved in. The folder is listed again when its own time has changed, and
 * every {@link #COMPLETELY} with the sizes and times of all that is in it, for images that were written over.
 */
final class IncomingImages {
    static final Duration SETTLED = Duration.ofSeconds(1);
    static final Duration OLD = Duration.ofSeconds(10);
    static final Duration COMPLETELY = Duration.ofSeconds(10);

    /** More names than that are no longer looked through quickly. */
    static final int MOST = 200_000;

    private final Path folder;
    private final SeenImages seen;
    private final Map<String, Candidate> candidates = new HashMap<>();
    private final Deque<Image> ready = new ArrayDeque<>();
    private final Set<String> waiting = new HashSet<>();
    private long folderTime = Long.MIN_VALUE;
    private long listedCompletely;
    private boolean listedOnce;

    /** An image that can be read. */
    record Image(Path file, Stamp stamp) {
        String name() {
            return file.getFileName().toString();
        }
    }

    private record Candidate(Stamp stamp, long sinceNanos) {}

    IncomingImages(Path folder, SeenImages seen) {
        this.folder = folder;
        this.seen = seen;
    }

    /**
     * The next image, if there is one by now.
     *
     * @param nanos as {@link System#nanoTime}
     * @param now by the clock that the times of files are measured with
     * @throws IOException if the folder cannot be listed
     */
    Optional<Image> next(long nanos, Instant now) throws IOException {
        if (ready.isEmpty()) {
            look(nanos, now);
        }
        Optional<Image> next = Optional.ofNullable(ready.poll());
        next.ifPresent(image -> waiting.remove(image.name()));
        return next;
    }

    private void look(long nanos, Instant now) throws IOException {
        long time = Files.getLastModifiedTime(folder).toMillis();
        boolean completely = !listedOnce || nanos - listedCompletely >= COMPLETELY.toNanos();
        if (completely || time != folderTime || !candidates.isEmpty()) {
            folderTime = time;
            list(completely, nanos, now);
        }
        if (completely) {
            listedOnce = true;
            listedCompletely = nanos;
        }
    }

    private void list(boolean completely, long nanos, Instant now) throws IOException {
        Set<String> there = names();
        candidates.keySet().retainAll(there);
        if (completely) {
            seen.keep(there);
        }
        List<Image> complete = new ArrayList<>();
        for (String name : there) {
            if ((completely || !seen.knows(name)) && !waiting.contains(name)) {
                judge(name, nanos, now).ifPresent(complete::add);
            }
        }
        complete.sort(Comparator.comparingLong((Image image) -> image.stamp().modified())
                .thenComparing(Image::name));
        complete.forEach(image -> {
            ready.add(image);
            waiting.add(image.name());
            candidates.remove(image.name());
        });
    }

    private Set<String> names() throws IOException {
        var names = new HashSet<String>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(IncomingImages::isImage)
                    .limit(MOST + 1L)
                    .forEach(file -> names.add(file.getFileName().toString()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (names.size() > MOST) {
            throw new IOException("it holds more than " + MOST + " images; take old ones out, or let them be moved");
        }
        return names;
    }

    /** Hidden files are none: programs that copy keep unfinished ones so. */
    private static boolean isImage(Path file) {
        return ImageFile.hasImageName(file) && !file.getFileName().toString().startsWith(".");
    }

    private Optional<Image> judge(String name, long nanos, Instant now) {
        Path file = folder.resolve(name);
        Optional<Stamp> stamp = stamp(file);
        if (stamp.isEmpty() || seen.knows(name, stamp.get())) {
            return Optional.empty();
        }
        boolean old = stamp.get().modified() < now.minus(OLD).toEpochMilli();
        Candidate before = candidates.get(name);
        if (before == null || !before.stamp().equals(stamp.get())) {
            candidates.put(name, new Candidate(stamp.get(), nanos));
            return old ? Optional.of(new Image(file, stamp.get())) : Optional.empty();
        }
        return nanos - before.sinceNanos() >= SETTLED.toNanos()
                ? Optional.of(new Image(file, stamp.get()))
                : Optional.empty();
    }

    /** Links are not followed: they would lead out of the folder. */
    private static Optional<Stamp> stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() && attributes.size() > 0
                    ? Optional.of(new Stamp(
                            attributes.size(), attributes.lastModifiedTime().toMillis()))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
