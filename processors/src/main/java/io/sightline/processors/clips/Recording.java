package io.sightline.processors.clips;

import io.sightline.engine.packet.ClipFile;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.RingReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One clip that is being written. What it shall show is asked and said under the recorder's lock, the file belongs to the
 * clip writer's thread.
 */
final class Recording {
    private final ClipFolder.Clip clip;
    private final KeptVideo stream;
    private final RingReader reader;
    private final ClipSettings settings;
    private final Set<String> open = new HashSet<>();
    private Instant end;
    private boolean closed;

    private @Nullable ClipFile file;
    private @Nullable EncodedPacket held;
    private volatile Duration length = Duration.ZERO;

    Recording(ClipFolder.Clip clip, KeptVideo stream, RingReader reader) {
        this.clip = clip;
        this.stream = stream;
        this.reader = reader;
        this.settings = stream.clips();
        this.end = reader.startsAt();
    }

    ClipFolder.Clip clip() {
        return clip;
    }

    Instant startsAt() {
        return reader.startsAt();
    }

    long lost() {
        return reader.lost();
    }

    /** Under the lock: whether it shows what happens at that time, or still can. */
    boolean takes(Instant at) {
        return !closed && at.isBefore(isCut() ? startsAt().plus(length) : latestEnd());
    }

    /** Under the lock. */
    void begin(String subject, Instant at) {
        open.add(subject);
        extend(at);
    }

    /** Under the lock. */
    void end(String subject, Instant lastSeen) {
        open.remove(subject);
        extend(lastSeen);
    }

    private void extend(Instant seen) {
        Instant after = seen.plus(settings.after());
        end = after.isAfter(end) ? after : end;
    }

    private Instant latestEnd() {
        return startsAt().plus(settings.longest());
    }

    /** Under the lock: what it shows last, as things stand. */
    Instant plannedEnd() {
        return open.isEmpty() && end.isBefore(latestEnd()) ? end : latestEnd();
    }

    /** Under the lock: how long it is, as things stand; empty while somebody is still there. */
    Optional<Duration> plannedLength() {
        if (closed) {
            return Optional.of(length);
        }
        return open.isEmpty() ? Optional.of(Duration.between(startsAt(), plannedEnd())) : Optional.empty();
    }

    /** Under the lock: nothing more comes into it. */
    void close() {
        closed = true;
    }

    /** Whether its stream has ended: the connection was lost, or what the camera sends is no longer kept. */
    boolean isCut() {
        return reader.isOver();
    }

    /** Whether it must not be shown to anybody. */
    boolean isForbidden() {
        return stream.isCovered();
    }

    /** Writes what there is up to that time. @return whether that is all */
    boolean write(ClipFolder folder, Instant until) throws IOException {
        while (true) {
            EncodedPacket packet = held == null ? reader.next().orElse(null) : held;
            held = packet;
            if (packet == null) {
                return false;
            }
            if (packet.capturedAt().isAfter(until)) {
                return true;
            }
            if (file == null) {
                file = new ClipFile(folder.begin(clip), reader.format());
            }
            file.write(packet);
            length = file.length();
            held = null;
        }
    }

    void finish(ClipFolder folder) throws IOException {
        if (file == null) {
            throw new IOException("the camera sent nothing");
        }
        file.finish();
        file = null;
        reader.close();
        folder.complete(clip);
    }

    void giveUp(ClipFolder folder) {
        reader.close();
        held = null;
        if (file != null) {
            file.close();
            file = null;
        }
        folder.giveUp(clip);
    }
}
