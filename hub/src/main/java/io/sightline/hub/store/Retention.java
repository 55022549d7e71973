package io.sightline.hub.store;

import io.sightline.hub.settings.RetentionSettings;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps detections, events, snapshots and the history of counts within their limits. What waits in queues is never touched: a hub short of disk
 * sheds clips, then snapshots, the oldest first, and says so. One thread at a time.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int AT_ONCE = 1000;
    private static final int ROOM_PERCENT = 5;

    private final StoreDatabase database;
    private final SnapshotFiles snapshots;
    private final Integrations integrations;
    private final Clock clock;
    private final LongAdder removedRows = new LongAdder();
    private final LongAdder removedSnapshots = new LongAdder();
    private volatile Runnable first = () -> {};
    private ToLongFunction<Path> freePercent = Retention::freePercent;
    private volatile RetentionSettings settings;

    Retention(StoreDatabase database, SnapshotFiles snapshots, Integrations integrations, RetentionLimits limits) {
        this.database = database;
        this.snapshots = snapshots;
        this.integrations = integrations;
        this.clock = limits.clock();
        this.settings = limits.settings();
    }

    /** @param sweep done in each sweep before a snapshot goes */
    public void first(Runnable sweep) {
        first = sweep;
    }

    /** Takes effect with the next sweep. */
    public void apply(RetentionSettings changed) {
        settings = changed;
    }

    /** Detections and events removed since the start. */
    public long removedRows() {
        return removedRows.sum();
    }

    /** Snapshots removed since the start, for age or for want of space. */
    public long removedSnapshots() {
        return removedSnapshots.sum();
    }

    void measure(ToLongFunction<Path> freePercentOfDisk) {
        freePercent = freePercentOfDisk;
    }

    /** Removes what is too old or too much; an error leaves the rest to the next sweep. */
    synchronized void sweep() {
        Instant oldest = clock.instant().minus(settings.age());
        try {
            remove("events", "pos", "stored", oldest);
            remove("detections", "id", "updated", oldest);
            removeCounts(clock.instant().minus(settings.counts()));
        } catch (DataAccessException | TransactionException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("database is away, old rows stay for now");
        }
        first.run();
        try {
            sweepSnapshots(oldest);
        } catch (IOException e) {
            integrations.degraded("store", "store", "SNAPSHOTS", "snapshots cannot be cleared: " + e.getMessage());
        }
    }

    private void remove(String table, String key, String time, Instant oldest) {
        int removed;
        do {
            removed = database.jdbc()
                    .sql("DELETE FROM " + table + " WHERE " + key + " IN (SELECT " + key + " FROM " + table + " WHERE "
                            + time + " < :oldest ORDER BY " + time + " LIMIT " + AT_ONCE + ")")
                    .param("oldest", DetectionStore.column(oldest))
                    .update();
            removedRows.add(removed);
        } while (removed == AT_ONCE);
    }

    /** Hours of the history, and series in which nothing was counted for as long. */
    private void removeCounts(Instant oldest) {
        for (String rows :
                List.of("count_hours WHERE start_time < :oldest", "counts WHERE changed < :oldest AND present = 0")) {
            removedRows.add(database.jdbc()
                    .sql("DELETE FROM " + rows)
                    .param("oldest", DetectionStore.column(oldest))
                    .update());
        }
    }

    private void sweepSnapshots(Instant oldest) throws IOException {
        Deque<Snapshot> files = oldestFirst();
        long size = files.stream().mapToLong(Snapshot::size).sum();
        while (!files.isEmpty() && files.peek().written().isBefore(oldest)) {
            size -= remove(files.poll());
        }
        if (size > settings.size()) {
            long target = settings.size() / 100 * (100 - ROOM_PERCENT);
            while (!files.isEmpty() && size > target) {
                size -= remove(files.poll());
            }
        }
        shed(files);
    }

    private void shed(Deque<Snapshot> files) throws IOException {
        long free = freePercent.applyAsLong(snapshots.root());
        if (free >= settings.freeSpace()) {
            integrations
                    .find("store", "store")
                    .filter(store -> "DISK_SHORT".equals(store.code()))
                    .ifPresent(store -> integrations.online("store", "store"));
            return;
        }
        long shed = 0;
        while (!files.isEmpty() && free < settings.freeSpace()) {
            for (int i = 0; i < AT_ONCE && !files.isEmpty(); i++) {
                remove(files.poll());
                shed++;
            }
            free = freePercent.applyAsLong(snapshots.root());
        }
        integrations.degraded(
                "store",
                "store",
                "DISK_SHORT",
                free + " % of the disk is free, wanted are " + settings.freeSpace() + " %; removed " + shed
                        + " snapshots, free some space or change retention");
    }

    private Deque<Snapshot> oldestFirst() throws IOException {
        if (!Files.isDirectory(snapshots.root())) {
            return new ArrayDeque<>();
        }
        try (Stream<Path> all = Files.find(snapshots.root(), 3, (path, about) -> about.isRegularFile())) {
            var files = new ArrayDeque<Snapshot>();
            all.map(Retention::snapshot)
                    .sorted(Comparator.comparing(Snapshot::written))
                    .forEach(files::add);
            return files;
        }
    }

    private long remove(Snapshot snapshot) throws IOException {
        if (Files.deleteIfExists(snapshot.file())) {
            removedSnapshots.increment();
        }
        return snapshot.size();
    }

    private static Snapshot snapshot(Path file) {
        try {
            var about = Files.readAttributes(file, BasicFileAttributes.class);
            return new Snapshot(file, about.lastModifiedTime().toInstant(), about.size());
        } catch (IOException expected) {
            return new Snapshot(file, Instant.MAX, 0); // gone meanwhile
        }
    }

    private static long freePercent(Path path) {
        try {
            var disk = Files.getFileStore(Files.exists(path) ? path : path.getParent());
            return disk.getTotalSpace() == 0 ? 100 : disk.getUsableSpace() * 100 / disk.getTotalSpace();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("free space of " + path + " is not known", e);
        }
    }

    private record Snapshot(Path file, Instant written, long size) {}
}
