package io.sightline.processors.clips;

import io.sightline.engine.packet.RingReader;
import io.sightline.processors.Ids;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes clips of what is told to it, on one thread of its own. {@link #begin}, {@link #refer} and {@link #end} may be
 * called by any thread and wait for no disk.
 */
public final class ClipRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClipRecorder.class);
    private static final Duration TURN = Duration.ofMillis(200);
    /** A camera that has sent nothing for so long after the end of a clip has nothing more for it. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final KeptVideos videos;
    private final ClipFolder folder;
    private final Ids ids;
    private final Clock clock;
    private final ClipListener listener;
    private final LongAdder packetsLost = new LongAdder();
    private final Set<Recording> running = new LinkedHashSet<>();
    private final Map<String, Recording> newest = new HashMap<>();
    private final Map<String, Recording> bySubject = new HashMap<>();
    private final Worker worker;
    private boolean turning;

    /** Does work on one thread, in order. */
    interface Worker {
        void later(Runnable work, Duration pause);

        /** Does this last, waits for it some seconds at most, and does no more. */
        void close(Runnable last);
    }

    public ClipRecorder(KeptVideos videos, ClipFolder folder, Ids ids, Clock clock, ClipListener listener) {
        this(videos, folder, new Surroundings(ids, clock, listener, new ClipWriter()));
    }

    ClipRecorder(KeptVideos videos, ClipFolder folder, Surroundings surroundings) {
        this.videos = videos;
        this.folder = folder;
        this.ids = surroundings.ids();
        this.clock = surroundings.clock();
        this.listener = surroundings.listener();
        this.worker = surroundings.worker();
    }

    record Surroundings(Ids ids, Clock clock, ClipListener listener, Worker worker) {}

    /**
     * Something begins that a clip shall show, for example a detection.
     *
     * @param subject its id
     * @param at when it was first seen
     * @return the clip; empty if the camera writes none, or has sent nothing yet
     */
    public synchronized Optional<ClipRef> begin(String cameraId, String subject, Instant at) {
        Optional<KeptVideo> stream = videos.find(cameraId);
        if (stream.isEmpty()) {
            return Optional.empty();
        }
        Recording now = newest.get(cameraId);
        if (now == null || !now.takes(at)) {
            Instant from = at.minus(stream.get().clips().before());
            now = stream.get()
                    .record(from)
                    .map(reader -> start(cameraId, stream.get(), reader))
                    .orElse(null);
        }
        if (now == null) {
            return Optional.empty();
        }
        now.begin(subject, at);
        bySubject.put(subject, now);
        return Optional.of(link(now));
    }

    private Recording start(String cameraId, KeptVideo stream, RingReader reader) {
        var fresh = new Recording(new ClipFolder.Clip(cameraId, ids.next()), stream, reader);
        running.add(fresh);
        newest.put(cameraId, fresh);
        if (!turning) {
            turning = true;
            worker.later(this::turn, Duration.ZERO); // before the ring forgets where it begins
        }
        return fresh;
    }

    /**
     * An event that is sent now refers to the clip of something that still goes on.
     *
     * @param subject as {@link #begin} was told
     * @return the clip that shows how it began, as it stands
     */
    public synchronized Optional<ClipRef> refer(String subject) {
        return Optional.ofNullable(bySubject.get(subject)).map(this::referred);
    }

    /**
     * What {@link #begin} was told of is over.
     *
     * @param lastSeen what comes after this plus the configured time is not in the clip, unless something else is
     * @return the clip that shows how it began
     */
    public synchronized Optional<ClipRef> end(String subject, Instant lastSeen) {
        Recording recording = bySubject.get(subject);
        if (recording == null) {
            return Optional.empty();
        }
        recording.end(subject, lastSeen);
        ClipRef link = referred(recording);
        worker.later(() -> forget(subject), Duration.ZERO); // not before the clip has its new time
        return Optional.of(link);
    }

    private synchronized void forget(String subject) {
        bySubject.remove(subject);
    }

    private ClipRef referred(Recording recording) {
        worker.later(() -> folder.referred(recording.clip()), Duration.ZERO);
        return link(recording);
    }

    private ClipRef link(Recording recording) {
        return folder.link(recording.clip(), recording.startsAt(), recording.plannedLength());
    }

    /** Whether this clip is still being written. */
    public synchronized boolean isBeingWritten(ClipFolder.Clip clip) {
        return running.stream().anyMatch(recording -> recording.clip().equals(clip));
    }

    /** Whether something that this clip shows still goes on, so that more events will refer to it. Any thread. */
    public synchronized boolean isOpen(ClipFolder.Clip clip) {
        return bySubject.values().stream()
                .anyMatch(recording -> recording.clip().equals(clip));
    }

    /** Clips that are being written now. */
    public synchronized int running() {
        return running.size();
    }

    /** Packets that were gone before they could be written. */
    public long packetsLost() {
        return packetsLost.sum();
    }

    private synchronized List<Recording> all() {
        return List.copyOf(running);
    }

    private void turn() {
        all().forEach(this::write);
        synchronized (this) {
            turning = !running.isEmpty();
            if (turning) {
                worker.later(this::turn, TURN);
            }
        }
    }

    private void write(Recording recording) {
        try {
            Instant end = plannedEnd(recording);
            boolean whole = recording.write(folder, end);
            boolean over = recording.isCut() || clock.instant().isAfter(end.plus(SILENCE));
            if ((whole || over) && closed(recording, end, over)) {
                finish(recording);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failed(recording, e);
        }
    }

    private synchronized Instant plannedEnd(Recording recording) {
        return recording.plannedEnd();
    }

    /** @return false if something new has made it longer meanwhile */
    private synchronized boolean closed(Recording recording, Instant end, boolean over) {
        if (!over && recording.plannedEnd().isAfter(end)) {
            return false;
        }
        recording.close();
        return true;
    }

    private void finish(Recording recording) {
        try {
            if (recording.isForbidden()) {
                recording.giveUp(folder);
            } else {
                recording.finish(folder);
                listener.written(recording.clip().cameraId());
            }
            forget(recording);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failed(recording, e);
        }
    }

    private void failed(Recording recording, Throwable e) {
        String camera = recording.clip().cameraId();
        LOG.atDebug().addKeyValue("cameraId", camera).setCause(e).log("a clip is lost");
        synchronized (this) {
            recording.close();
        }
        recording.giveUp(folder);
        forget(recording);
        listener.failed(camera, e.getMessage() == null ? e.toString() : e.getMessage());
    }

    private synchronized void forget(Recording recording) {
        packetsLost.add(recording.lost());
        running.remove(recording);
        newest.remove(recording.clip().cameraId(), recording);
    }

    /** Completes what is being written, with what there is; a few seconds at most. */
    @Override
    public void close() {
        worker.close(() -> all().forEach(recording -> {
            synchronized (this) {
                recording.close();
            }
            finish(recording);
        }));
    }
}
